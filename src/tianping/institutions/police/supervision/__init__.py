"""全过程监管 · Supervision of incidents, cases, persons and property, and the daily inspection."""
