import Foundation

// What the events say (Events.md#types), as far as it touches the books.

/// Nothing in the books depends on it.
struct Company: Decodable { let rfc: Text }

struct Plant: Decodable {
  let plant: Text
  let rfc: Text
}

struct Part: Decodable {
  struct Conversion: Decodable {
    let uom: Int
    let factor: Exact
  }
  let part: Text
  let uom: Int
  let category: Text
  let conversions: [Conversion]?
}

struct BOM: Decodable {
  struct Component: Decodable {
    let part: Text
    let perUnit: Exact
    let waste: Exact?
    let scrap: Exact?
  }
  let product: Text
  let version: Text
  let validFrom: Text
  let plant: Text?
  let components: [Component]
}

/// One line of a pedimento or of an act (which has no value).
struct Line: Decodable {
  struct Reference: Decodable, Hashable {
    let pedimento: Text
    let line: Int
  }
  let line: Int
  let part: Text
  let quantity: Exact
  let uom: Int
  let valueMXN: Exact?
  let tariffItem: Text?
  let finished: Bool?
  let scrap: Bool?
  let discharges: [Reference]?
}

struct Pedimento: Decodable {
  struct Party: Decodable {
    let rfc: Text
    let pedimento: Text?
  }
  let pedimento: Text
  let clave: Text
  let operation: Text
  let plant: Text
  let paidOn: Text
  let rectifies: Text?
  let rfc: Text?
  let counterparty: Party?
  let lines: [Line]
}

/// What a person says about two documents of a virtual transfer.
struct Decision: Decodable {
  struct Document: Decodable {
    let rfc: Text
    let pedimento: Text
  }
  let decision: Text
  let sender: Document
  let receiver: Document
}

struct Act: Decodable {
  let acta: Text
  let destroyedOn: Text
  let rfc: Text
  let plant: Text
  let lines: [Line]
}

/// Nothing in the books depends on it.
struct Notice: Decodable {
  let folio: Text
  let rfc: Text
}

struct Stock: Decodable {
  let kind: Text
  let rfc: Text?
  let plant: Text
  let toPlant: Text?
  let part: Text
  let quantity: Exact
  let uom: Int
  let document: Text
  let occurredAt: Text
  let aviso: Text?
}

/// Everything known: of several events about one thing, the one that counts.
struct Facts {
  var plants: [Text: Plant] = [:]
  var parts: [Text: Part] = [:]
  var boms: [BOM] = []
  var pedimentos: [Text: Pedimento] = [:]
  var acts: [Act] = []
  var moves: [Stock] = []
  var submanufacturers: [Submanufacturer] = []
  var submanufacture: [Submanufacture] = []
  /// What plants received, of whichever document.
  var receipts: [Stock] = []
  var decisions: [Decided] = []
  /// Source and id of the events that withdrawals name, and how that stands; sorted.
  private(set) var withdrawals: [[String]] = []

  /// A decision, and where it stands among others.
  struct Decided {
    let said: Decision
    let version: Version
  }

  /// By time, then id, then source.
  struct Version: Comparable {
    let time: Instant
    let id: Text
    let source: Text

    static func < (a: Version, b: Version) -> Bool {
      (a.time, a.id, a.source) < (b.time, b.id, b.source)
    }
  }
  /// Events that could not be read, with the reason.
  var unreadable: [String] = []
}

/// The attributes of a CloudEvent.
struct Envelope: Decodable {
  let id: Text
  let source: Text
  let type: String
  let time: String?
}

struct Body<Content: Decodable>: Decodable { let data: Content }

/// What one event is about, and what it says of it.
private enum Content {
  case company(Company), plant(Plant), part(Part), bom(BOM), pedimento(Pedimento), act(Act)
  case notice(Notice), stock(Stock), decision(Decision)
  case submanufacturer(Submanufacturer), submanufacture(Submanufacture), withdrawal(Withdrawal)

  init(_ type: String, _ event: Data) throws {
    func read<T: Decodable>(_: T.Type) throws -> T {
      try JSONDecoder().decode(Body<T>.self, from: event).data
    }
    switch type {
    case "immex.company.v1": self = .company(try read(Company.self))
    case "immex.plant.v1": self = .plant(try read(Plant.self))
    case "immex.part.v1": self = .part(try read(Part.self))
    case "immex.bom.v1": self = .bom(try read(BOM.self))
    case "immex.pedimento.v1": self = .pedimento(try read(Pedimento.self))
    case "immex.destruction.v1": self = .act(try read(Act.self))
    case "immex.destructionNotice.v1": self = .notice(try read(Notice.self))
    case "immex.stock.v1": self = .stock(try read(Stock.self))
    case "immex.submanufacturer.v1": self = .submanufacturer(try read(Submanufacturer.self))
    case "immex.submanufacture.v1": self = .submanufacture(try read(Submanufacture.self))
    case "immex.transfer.decision.v1": self = .decision(try read(Decision.self))
    case "immex.withdrawal.v1": self = .withdrawal(try read(Withdrawal.self))
    default: throw Waits("type \(type) is unknown")
    }
  }

  /// Rules.md#R3.4: a company, a plant, a part, one version of a BOM at a plant, a pedimento
  /// number, an act, a registration. Each event of stock or of sub-manufacture is a thing of its
  /// own.
  func thing(_ envelope: Envelope) -> [Text?] {
    switch self {
    case .company(let it): ["company", it.rfc]
    case .plant(let it): ["plant", it.plant]
    case .part(let it): ["part", it.part]
    case .bom(let it): ["bom", it.product, it.version, it.plant]
    case .pedimento(let it): ["pedimento", it.pedimento]
    case .act(let it): ["act", it.rfc, it.acta]
    case .notice(let it): ["notice", it.rfc, it.folio]
    case .submanufacturer(let it): ["submanufacturer", it.rfc, it.submanufacturer]
    case .stock, .decision, .submanufacture: ["event", envelope.source, envelope.id]
    case .withdrawal(let it): ["withdrawal", it.source, it.id]
    }
  }
}

extension Facts {
  /// Reads the events: the same (`source`, `id`) again is the same event, and of several about one
  /// thing the one with the greatest (`time`, `id`) counts.
  init(events: [Data]) {
    struct Said {
      let time: Instant
      let envelope: Envelope
      let content: Content
    }
    var seen: Set<[Text]> = []
    var winners: [[Text?]: Said] = [:]
    let withdrawn = Withdrawn(events)
    withdrawals = withdrawn.rows
    for event in events {
      do {
        let envelope = try JSONDecoder().decode(Envelope.self, from: event)
        guard seen.insert([envelope.source, envelope.id]).inserted else { continue }
        guard !withdrawn.names.contains([envelope.source, envelope.id]) else { continue }
        let content = try Content(envelope.type, event)
        guard let time = envelope.time.map({ Instant(rfc3339: $0) }) ?? .never else {
          throw Waits("time \(envelope.time ?? "") cannot be read")
        }
        let said = Said(time: time, envelope: envelope, content: content)
        let thing = content.thing(envelope)
        if let best = winners[thing],
          (time, envelope.id, envelope.source) <= (
            best.time, best.envelope.id, best.envelope.source
          )
        {
          continue
        }
        winners[thing] = said
      } catch {
        unreadable.append("\(error): \(String(decoding: event, as: UTF8.self))")
      }
    }
    for said in winners.values {
      switch said.content {
      case .plant(let it): plants[it.plant] = it
      case .part(let it): parts[it.part] = it
      case .bom(let it): boms.append(it)
      case .pedimento(let it): pedimentos[it.pedimento] = it
      case .act(let it): acts.append(it)
      case .stock(let it) where it.kind == "moved": moves.append(it)
      case .submanufacturer(let it): submanufacturers.append(it)
      case .submanufacture(let it): submanufacture.append(it)
      case .stock(let it) where it.kind == "received": receipts.append(it)
      case .decision(let it):
        let (id, source) = (said.envelope.id, said.envelope.source)
        decisions.append(
          Decided(said: it, version: Version(time: said.time, id: id, source: source)))
      case .stock, .notice, .company, .withdrawal: break
      }
    }
  }
}
