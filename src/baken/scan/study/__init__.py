"""What scans that owners gave for study say about the scan itself: how well it measures."""
