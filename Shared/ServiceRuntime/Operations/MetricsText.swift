/// Prometheus' text exposition format, version 0.0.4, as it is written.
struct MetricsText {
  /// The media type to answer with.
  static let mediaType = "text/plain; version=0.0.4; charset=utf-8"

  /// Names and values, in the order in which they are to stand.
  typealias Labels = [(name: String, value: String)]

  private(set) var text = ""

  /// Begins a metric; its samples follow.
  mutating func begin(_ metric: Metric) {
    text += "# HELP \(metric.rawValue) \(Self.escaped(metric.help, quotes: false))\n"
    text += "# TYPE \(metric.rawValue) \(metric.kind.rawValue)\n"
  }

  /// A sample of a counter or a gauge.
  mutating func sample(_ metric: Metric, _ labels: Labels, _ value: Int64) {
    line(metric.rawValue, labels, "\(value)")
  }

  /// The samples of a histogram, in seconds.
  mutating func sample(_ metric: Metric, _ labels: Labels, _ histogram: DurationHistogram) {
    var below: Int64 = 0
    for (index, count) in histogram.counts.enumerated() {
      below += count
      let bound =
        index < histogram.bounds.count ? Self.seconds(histogram.bounds[index]) : "+Inf"
      line(metric.rawValue + "_bucket", labels + [("le", bound)], "\(below)")
    }
    line(metric.rawValue + "_sum", labels, Self.seconds(histogram.sum))
    line(metric.rawValue + "_count", labels, "\(below)")
  }

  /// Microseconds as a decimal number of seconds.
  static func seconds(_ microseconds: Int64) -> String {
    let (whole, rest) = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
    guard rest != 0 else { return "\(whole)" }
    var digits = String(rest.magnitude)
    digits = String(repeating: "0", count: 6 - digits.count) + digits
    while digits.last == "0" { digits.removeLast() }
    return "\(whole == 0 && rest < 0 ? "-" : "")\(whole).\(digits)"
  }

  private mutating func line(_ name: String, _ labels: Labels, _ value: String) {
    text += name
    if !labels.isEmpty {
      let pairs = labels.map { "\($0.name)=\"\(Self.escaped($0.value, quotes: true))\"" }
      text += "{\(pairs.joined(separator: ","))}"
    }
    text += " \(value)\n"
  }

  private static func escaped(_ value: String, quotes: Bool) -> String {
    var escaped = ""
    for character in value.unicodeScalars {
      switch character {
      case "\\": escaped += "\\\\"
      case "\n": escaped += "\\n"
      case "\"" where quotes: escaped += "\\\""
      default: escaped.unicodeScalars.append(character)
      }
    }
    return escaped
  }
}
