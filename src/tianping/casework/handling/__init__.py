"""承办 · Who handles a case and what lies around it: holder, lead handler, team, clocks' keepers, marks, comments, sealing, archive."""
