/// How a partition's store came to be when the partition came to this instance.
public enum StoreOrigin: String, Sendable, CaseIterable {
  /// Made for a partition whose log is empty.
  case new
  /// It was there, and whole.
  case kept
  /// Restored from a snapshot; the rest of the log is applied to it.
  case snapshot
  /// Made anew: the log is applied from its beginning.
  case rebuilt
}
