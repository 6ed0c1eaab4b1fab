"""诉讼服务大厅 · The devices of the hall: messages to judges, lockers, kiosks, the robot that answers."""
