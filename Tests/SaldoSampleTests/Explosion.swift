/// The tests' own reading of the bills of materials, from the events alone.
struct Explosion {
  private struct Version {
    let from: String
    let version: String
    let plant: String?
    let parts: [String]
  }

  private var versions: [String: [Version]] = [:]
  private var documents: [String: Event.Data] = [:]

  init(_ stream: ReadStream) {
    for bom in stream.unique("bom").map(\.data) {
      versions[bom.product ?? "", default: []].append(
        Version(
          from: bom.validFrom ?? "", version: bom.version ?? "", plant: bom.plant,
          parts: (bom.components ?? []).map(\.part)))
    }
    for data in stream.unique("pedimento").map(\.data) { documents[data.pedimento ?? ""] = data }
  }

  /// How many part numbers the finished lines of a pedimento come down to, line by line.
  func components(of data: Event.Data) -> [Int] {
    var root = data
    while let before = root.rectifies.flatMap({ documents[$0] }) { root = before }
    return (data.lines ?? []).filter { $0.finished == true }.map {
      parts(of: $0.part, data.plant ?? "", root.paidOn ?? "").count
    }
  }

  private func parts(of product: String, _ plant: String, _ day: String) -> Set<String> {
    let inForce = (versions[product] ?? [])
      .filter { $0.from <= day && ($0.plant == nil || $0.plant == plant) }
      .max {
        ($0.plant == nil ? 0 : 1, $0.from, $0.version)
          < ($1.plant == nil ? 0 : 1, $1.from, $1.version)
      }
    guard let inForce else { return [product] }
    return inForce.parts.reduce(into: []) { $0.formUnion(parts(of: $1, plant, day)) }
  }
}
