"""Alembic's entry: the metadata of every domain, on the connection it is given."""

from alembic import context
from sqlalchemy import create_engine
from sqlmodel import SQLModel

import kb.articles.life
import kb.articles.models
import kb.articles.seen
import kb.attachments.models
import kb.cases.drafts
import kb.cases.ended
import kb.cases.labels
import kb.cases.marks
import kb.cases.models
import kb.cases.nearness
import kb.cases.presence
import kb.coaching.models
import kb.curation.marks
import kb.curation.models
import kb.evaluations.models
import kb.findings.models
import kb.gaps.models
import kb.generation.models
import kb.glossary.models
import kb.golden.models
import kb.links.models
import kb.mail.models
import kb.outbox
import kb.passages.models
import kb.people.models
import kb.questions.models
import kb.synonyms.models
import kb.ways.models
import kb.writing.models  # noqa: F401  # imported for their tables

connection = context.config.attributes.get("connection")
if connection is None:
    engine = create_engine(context.config.get_main_option("sqlalchemy.url") or "")
    connection = engine.connect()
context.configure(connection=connection, target_metadata=SQLModel.metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
