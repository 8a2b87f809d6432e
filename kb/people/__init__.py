"""People: customers, agents, editors, admins, and their sign-ins."""
