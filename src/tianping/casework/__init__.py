"""办理 · The operate engine on the database: organisations, people, cases, the ledger, clocks, referrals. The only place where a case is written."""
