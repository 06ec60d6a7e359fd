extension Logger {
  /// How much a line matters, least first.
  public enum Level: String, Sendable, Codable, CaseIterable, Comparable {
    /// What only helps to follow the program step by step.
    case trace
    /// What helps to find a fault.
    case debug
    /// What is worth knowing while all is well.
    case info
    /// What is not a fault and may need attention.
    case notice
    /// A fault that the program copes with.
    case warning
    /// A fault that it does not cope with.
    case error
    /// A fault that needs attention at once.
    case critical

    private var rank: Int {
      switch self {
      case .trace: 0
      case .debug: 1
      case .info: 2
      case .notice: 3
      case .warning: 4
      case .error: 5
      case .critical: 6
      }
    }

    public static func < (first: Self, second: Self) -> Bool { first.rank < second.rank }
  }
}
