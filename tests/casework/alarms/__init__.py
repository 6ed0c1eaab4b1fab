"""提醒测试 · Tests of reminders, alarms and digests."""
