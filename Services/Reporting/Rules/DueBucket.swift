/// How far away an entry's last day is: a bucket of `vencimientos.csv`.
public enum DueBucket: String, Sendable, CaseIterable {
  /// More than 90 days ago.
  case longOverdue = "vencido_mas_90"
  /// 1 to 90 days ago.
  case overdue = "vencido"
  /// Today, or within 30 days.
  case thirty = "0_30"
  /// Within 31 to 60 days.
  case sixty = "31_60"
  /// Within 61 to 90 days.
  case ninety = "61_90"
  /// Within 91 to 180 days.
  case halfYear = "91_180"
  /// Within 181 to 365 days.
  case year = "181_365"
  /// Later than that.
  case later = "mas_365"
  /// There is no limit.
  case unlimited = "sin_plazo"

  /// The days from today of its first and its last day; nil where it has no such end.
  public var days: (first: Int32?, last: Int32?) {
    switch self {
    case .longOverdue: (nil, -91)
    case .overdue: (-90, -1)
    case .thirty: (0, 30)
    case .sixty: (31, 60)
    case .ninety: (61, 90)
    case .halfYear: (91, 180)
    case .year: (181, 365)
    case .later: (366, nil)
    case .unlimited: (nil, nil)
    }
  }

  /// The bucket of a day.
  ///
  /// - Parameter left: the days from today; nil where there is no limit.
  public init(left: Int32?) {
    guard let left else {
      self = .unlimited
      return
    }
    self =
      Self.allCases.first { bucket in
        bucket != .unlimited && left >= bucket.days.first ?? .min
          && left <= bucket.days.last ?? .max
      } ?? .unlimited
  }

  /// Its place, from 1.
  public var place: Int { (Self.allCases.firstIndex(of: self) ?? 0) + 1 }
}
