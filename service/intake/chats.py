"""Which formats hold what was typed beside a call, and not what was said in it."""

from service.intake.documents import zoom_chat

CHATS = frozenset({zoom_chat.NAME})
"""Kept and found by search; nothing is claimed from them."""
