"""智能问答 · A question to the robot."""
