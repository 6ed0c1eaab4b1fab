"""交换 · Between two cases: a matter is taken or sent back by its receiver, and answered when the receiver's own case comes to an answering stage."""
