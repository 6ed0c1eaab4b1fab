"""数据库 · PostgreSQL, and only PostgreSQL: our own embedded server where none is named. No Django here."""
