"""Attachments: files of messages, kept without what they would betray about their senders."""
