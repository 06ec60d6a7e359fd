import Messages

/// Who may send facts, by a token, and which: those of its companies, its plants and its sources.
public struct Producer: Sendable, Equatable {
  /// What is said of it; never the token.
  public var name: String
  /// The companies whose facts it may send, by RFC.
  public var companies: Names
  /// The plants whose facts it may send.
  public var plants: Names
  /// What its events may have as their `source`.
  public var sources: Names

  /// Names that are allowed.
  public enum Names: Sendable, Equatable {
    case all
    case these(Set<String>)

    /// Whether a name is one of them. Names are compared as they are written, to the byte.
    public func contains(_ name: String) -> Bool {
      switch self {
      case .all: true
      case .these(let names): names.contains { $0.utf8.elementsEqual(name.utf8) }
      }
    }
  }

  /// A producer.
  public init(name: String, companies: Names, plants: Names, sources: Names) {
    (self.name, self.companies, self.plants, self.sources) = (name, companies, plants, sources)
  }

  /// What of an event is not this producer's to send: the field and its value; nil if all is.
  ///
  /// - Parameter isOfFile: whether the event was made of a file, whose source is its kind.
  func objection(
    to event: InboundEvent, isOfFile: Bool = false
  ) -> (field: String, value: String)? {
    if !isOfFile, !sources.contains(event.source) { return ("source", event.source) }
    if case .withdrawal(let withdrawal) = event.payload { return objection(to: withdrawal) }
    let claims = Claims(of: event.payload)
    if !claims.companies.isEmpty, !claims.companies.contains(where: companies.contains) {
      return ("data.\(claims.companyField)", claims.companies[0])
    }
    if let plant = claims.plant, !plants.contains(plant) { return ("data.plant", plant) }
    return nil
  }
}

extension Producer {
  /// A withdrawal does not say whose fact it names. So who may not send everybody's facts withdraws
  /// events of the sources that are its own, and no rows of files.
  private func objection(to withdrawal: Withdrawal) -> (field: String, value: String)? {
    let maySendAll = companies == .all && plants == .all
    switch withdrawal.target {
    case .event(let name):
      let isOwn = sources != .all && sources.contains(name.source)
      return isOwn || (maySendAll && sources == .all) ? nil : ("data.source", name.source)
    case .row(let pedimento, _, _):
      return maySendAll ? nil : ("data.pedimento", pedimento)
    }
  }
}

/// Whose fact an event states.
private struct Claims {
  /// The companies that may each state it; empty if it is everybody's.
  var companies: [String] = []
  var companyField = "rfc"
  /// The plant that states it; nil if none does.
  var plant: String?

  init(of payload: InboundEvent.Payload) {
    switch payload {
    case .company(let company): companies = [company.rfc]
    case .plant(let plant): (companies, self.plant) = ([plant.rfc], plant.plant)
    // Parts are every company's, and so are those whom companies trade with.
    case .part, .party: break
    case .bom(let bill): plant = bill.plant
    case .pedimento(let document): (companies, plant) = ([document.rfc], document.plant)
    // A move is the sending plant's to state.
    case .stock(let stock): (companies, plant) = (stock.move.map { [$0.rfc] } ?? [], stock.plant)
    case .destruction(let act): (companies, plant) = ([act.rfc], act.plant)
    case .destructionNotice(let notice): (companies, plant) = ([notice.rfc], notice.plant)
    case .dataStage(let document): companies = [document.rfc]
    case .partes(let row): (companies, plant) = ([row.rfc], row.plant)
    case .submanufacturer(let party): (companies, companyField) = ([party.ownRFC], "ownRFC")
    case .submanufacture(let goods): (companies, plant) = ([goods.rfc], goods.plant)
    // Either side may say what it belongs to.
    case .transferDecision(let decision):
      (companies, companyField) = ([decision.sender.rfc, decision.receiver.rfc], "sender.rfc")
    // Judged by what it names.
    case .withdrawal: break
    }
  }
}
