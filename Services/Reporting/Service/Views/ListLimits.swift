/// How much lists of reports hold and take.
public enum ListLimits {
  /// Rows of a page.
  public static let pageRows = 1_000
  /// Rows of a filter that are counted, and whose places a process keeps to put them in order.
  public static let countedRows = 10_000
  /// Pages that are read at a time; others wait.
  public static let pagesAtOnce = 4
  /// Pages that may wait.
  public static let waitingPages = 1_000
  /// Views that a data folder keeps.
  public static let views = 48
  /// Bytes of all of them; the one that was made last stays however large it is.
  public static let viewBytes: Int64 = 4 << 30
}
