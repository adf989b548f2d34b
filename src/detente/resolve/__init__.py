"""Who is meant: names, titles, capitals, pronouns and descriptions → mentions of entities, and places."""
