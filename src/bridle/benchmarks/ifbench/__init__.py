"""IFBench: items, ids, published judge, faults of its checks."""
