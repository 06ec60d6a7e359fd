import Testing

/// A page in Prometheus' text exposition format 0.0.4, read strictly: whatever a scraper could take
/// in two ways, or refuse, is an error here.
struct Exposition {
  struct Sample: Equatable {
    var name: String
    var labels: [String: String]
    var value: String
  }

  struct Family {
    var help: String
    var type: String
    var samples: [Sample] = []
  }

  struct Wrong: Error, CustomStringConvertible {
    var line: Int
    var description: String
  }

  private(set) var families: [String: Family] = [:]

  init(_ text: String) throws {
    guard text.hasSuffix("\n"), !text.hasSuffix("\n\n") else {
      throw Wrong(line: 0, description: "the last line has no end, or there is an empty one")
    }
    var current: String?
    for (index, line) in text.dropLast().split(separator: "\n", omittingEmptySubsequences: false)
      .enumerated()
    {
      func wrong(_ what: String) -> Wrong {
        Wrong(line: index + 1, description: "\(what): \(line)")
      }
      let words = line.split(separator: " ", maxSplits: 3).map(String.init)
      if line.hasPrefix("# HELP ") {
        guard words.count == 4, families[words[2]] == nil else { throw wrong("a bad HELP") }
        families[words[2]] = Family(help: words[3], type: "")
        current = words[2]
      } else if line.hasPrefix("# TYPE ") {
        guard words.count == 4, words[2] == current, families[words[2]]?.type == "",
          ["counter", "gauge", "histogram"].contains(words[3])
        else { throw wrong("a TYPE that does not follow its HELP") }
        families[words[2]]?.type = words[3]
      } else {
        guard let sample = Self.sample(line) else { throw wrong("no sample") }
        guard let current, let family = families[current], family.type != "",
          Self.belongs(sample.name, to: current, family.type)
        else { throw wrong("a sample outside its family") }
        guard
          !family.samples.contains(where: {
            $0.name == sample.name && $0.labels == sample.labels
          })
        else { throw wrong("a sample twice") }
        families[current]?.samples.append(sample)
      }
    }
    for (name, family) in families { try Self.check(name, family) }
  }

  /// The value of a sample; nil where there is none.
  func value(_ name: String, _ labels: [String: String] = [:]) -> String? {
    families.values.flatMap(\.samples).first { $0.name == name && $0.labels == labels }?.value
  }

  private static func belongs(_ sample: String, to family: String, _ type: String) -> Bool {
    guard type == "histogram" else { return sample == family }
    return ["_bucket", "_sum", "_count"].contains { sample == family + $0 }
  }

  private static func sample(_ line: Substring) -> Sample? {
    guard
      let match = line.wholeMatch(
        of: /([a-z_][a-z0-9_]*)(\{(.*)\})? (-?[0-9]+(\.[0-9]*[1-9])?)/)
    else { return nil }
    var labels: [String: String] = [:]
    if let text = match.3 {
      var rest = text[...]
      while !rest.isEmpty {
        guard let pair = rest.prefixMatch(of: /([a-z_]+)="((\\[\\"n]|[^"\\\n])*)"(,|$)/),
          labels.updateValue(String(pair.2), forKey: String(pair.1)) == nil
        else { return nil }
        rest = rest[pair.range.upperBound...]
      }
      guard !labels.isEmpty else { return nil }
    }
    return Sample(name: String(match.1), labels: labels, value: String(match.4))
  }

  private static func check(_ name: String, _ family: Family) throws {
    func wrong(_ what: String) -> Wrong { Wrong(line: 0, description: "\(name): \(what)") }
    guard family.type != "", !family.help.isEmpty else { throw wrong("no TYPE") }
    guard (family.type == "counter") == name.hasSuffix("_total") else {
      throw wrong("counters, and only they, end in _total")
    }
    guard family.type == "histogram" else { return }
    let series = Dictionary(grouping: family.samples) { sample in
      sample.labels.filter { $0.key != "le" }
    }
    for (_, samples) in series {
      let buckets = samples.filter { $0.name.hasSuffix("_bucket") }
      let counts = buckets.compactMap { Int($0.value) }
      let bounds = buckets.map { $0.labels["le"] ?? "" }
      let limits = bounds.dropLast().compactMap { Double($0) }
      guard bounds.last == "+Inf", counts.count == bounds.count, counts == counts.sorted(),
        limits.count == bounds.count - 1, limits == limits.sorted(),
        samples.filter({ $0.name.hasSuffix("_sum") }).count == 1,
        samples.first(where: { $0.name.hasSuffix("_count") })?.value == buckets.last?.value
      else { throw wrong("a bad histogram") }
    }
  }
}
