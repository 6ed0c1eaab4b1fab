"""繁简分流 · Triage: which lane a case takes, who said so, and why."""
