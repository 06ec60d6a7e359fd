import Foundation

/// `immex.withdrawal.v1`: an event that is not to count, or is to count again. Rows of files are no
/// events.
struct Withdrawal: Decodable {
  let source: Text?
  let id: Text?
  let cancels: Bool?
}

/// Rules.md#R1.4: which events are withdrawn. Of withdrawals and cancellations of one the greatest
/// (`time`, `id`) counts, and a withdrawal is never withdrawn.
struct Withdrawn {
  /// Sources and ids of events that do not count.
  private(set) var names: Set<[Text]> = []
  /// Source and id of every event that is named, and how that stands; sorted.
  private(set) var rows: [[String]] = []

  init(_ events: [Data]) {
    var seen: Set<[Text]> = []
    var last: [[Text]: (version: Facts.Version, cancels: Bool)] = [:]
    var facts: Set<[Text]> = []
    for event in events {
      guard let envelope = try? JSONDecoder().decode(Envelope.self, from: event),
        seen.insert([envelope.source, envelope.id]).inserted
      else { continue }
      guard envelope.type == "immex.withdrawal.v1" else {
        facts.insert([envelope.source, envelope.id])
        continue
      }
      guard let it = try? JSONDecoder().decode(Body<Withdrawal>.self, from: event).data,
        let source = it.source, let id = it.id,
        let time = envelope.time.flatMap({ Instant(rfc3339: $0) })
      else { continue }
      let version = Facts.Version(time: time, id: envelope.id, source: envelope.source)
      if let known = last[[source, id]], version <= known.version { continue }
      last[[source, id]] = (version, it.cancels == true)
    }
    for (name, said) in last {
      let isKnown = facts.contains(name)
      if isKnown, !said.cancels { names.insert(name) }
      let standing = said.cancels ? "cancelado" : isKnown ? "retirado" : "en_espera"
      rows.append(name.map(\.string) + [standing])
    }
    rows.sort { $0.lexicographicallyPrecedes($1) }
  }
}
