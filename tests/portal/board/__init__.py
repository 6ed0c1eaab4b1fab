"""看板测试 · Tests of how the board reads addresses; its pages: ``tests/casework/test_front.py``, ``tests/faces/test_board.py``."""
