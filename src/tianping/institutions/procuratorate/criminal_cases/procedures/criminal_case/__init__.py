"""刑事案件 · A criminal case with all its suspects, from its opening to the end of the appeal period."""
