"""The public record as bytes: entries, tree, tiles, notes, receipts, policies. C2SP tlog-tiles over RFC 6962."""
