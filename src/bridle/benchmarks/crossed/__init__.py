"""Our own items: the same generated problem under several numbers of constraints."""
