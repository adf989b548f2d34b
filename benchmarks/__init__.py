"""Measurements that print ratios and fail nothing."""
