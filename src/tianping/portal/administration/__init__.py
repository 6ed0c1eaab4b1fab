"""管理 · The face of the three administrators: organisations, accounts, roles, the calendar, the security log. None of them sees a case."""
