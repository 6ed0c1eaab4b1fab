"""机构与人员 · Institutions that move, close and merge; posts that end and are acted for; roles with their days."""
