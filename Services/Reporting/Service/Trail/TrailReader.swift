import Ledger
import ReportingRules

extension Trail {
  /// Follows a question through the books of a data folder, all of one moment.
  ///
  /// - Parameters:
  ///   - dataDirectory: the services' data folder.
  ///   - asOf: the day as of which the books are read; nil for as they stand.
  ///   - sees: whether a company's rows may be seen, by its RFC, which is empty where it is not
  ///     known; nil for all.
  /// - Throws: ``ReportingError``.
  public init(
    _ question: TrailQuestion, dataDirectory: String, asOf: CalendarDate? = nil,
    sees: (@Sendable (String) -> Bool)? = nil
  ) throws {
    let stores = try ReportStores(dataDirectory: dataDirectory, asOf: asOf)
    let names = try CatalogNames(stores[.catalog])
    var search = TrailSearch(
      question, TrailLedger(stores: stores[.ledger]),
      TransferLinks(stores: stores[.transfers], asOf: asOf)
    ) { plant in sees?(names.company(ofPlant: plant).rfc) ?? true }
    try search.run()
    let postings = search.postings.values.sorted(by: TrailPosting.precedes)
    let lots = search.lots.values.sorted(by: TrailLot.precedes)
    let papers = try TrailDocuments(
      stores[.records], question, postings, lots, names, sees: sees ?? { _ in true })
    let bills = try TrailBills(stores[.catalog], limit: question.limit, postings)
    let log = TrailLog(dataDirectory: dataDirectory)
    let transfers = search.transfers.values.sorted { CodePoints.precedes($0.id, $1.id) }
    self.init(
      question: question, asOf: asOf, documents: papers.documents,
      rows: [
        .documents: papers.rows,
        .postings: postings.map { $0.cells(names, log) },
        .lots: lots.map { $0.cells(names) },
        .transfers: transfers.prefix(question.limit).map { state in
          [
            state.id, state.senderRFC, state.sender?.pedimento ?? "", state.receiverRFC,
            state.receiver?.pedimento ?? "", state.state == .paired ? "pareada" : "difiere",
            state.pairing?.word ?? "",
          ]
        },
        .bills: bills.rows,
      ])
    let cut: [TrailTable: Bool] = [
      .documents: papers.isCut, .postings: search.isCut.contains(.postings),
      .lots: search.isCut.contains(.lots), .transfers: transfers.count > question.limit,
      .bills: bills.isCut,
    ]
    for table in TrailTable.allCases where cut[table] == true { noteLimit(table) }
    if search.endsEarly {
      note(.postings, Int(TrailQuestion.steps), "hay más pasos que el límite")
    }
    if search.isHidden || papers.isHidden {
      note(.postings, nil, "hay renglones de otra empresa, que aquí no se muestran")
    }
  }
}

extension TrailPosting {
  /// In the order of the reports, nearest first.
  static func precedes(_ a: TrailPosting, _ b: TrailPosting) -> Bool {
    if a.step != b.step { return a.step < b.step }
    let order = CodePoints.compare(a.order, b.order)
    if order != 0 { return order < 0 }
    return (a.name.partition, a.name.number) < (b.name.partition, b.name.number)
  }

  private var order: [String] {
    [plant, document, "\(line)", part, product ?? "", pedimento, "\(entryLine)"]
  }

  func cells(_ names: CatalogNames, _ log: TrailLog) -> [String] {
    let company = names.company(ofPlant: plant)
    let posted = entry.flatMap { log.appended(partition: name.partition, offset: $0) }
    return [
      "\(step)", company.rfc, company.name, plant, document, "\(line)", clave, part,
      product ?? "", toPlant ?? "", TrailLot.account(isScrap), pedimento, "\(entryLine)",
      "\(date)", "\(enteredOn)", "\(incorporated)", "\(waste)", "\(scrap)",
      names.unit(ofPart: part), "\(value)", name.text, lot.text, "\(name.partition)",
      entry.map { "\($0)" } ?? "", received.map(Reason.instant(milliseconds:)) ?? "",
      posted.map(Reason.instant(milliseconds:)) ?? "",
    ]
  }
}

extension TrailLot {
  /// In the order of the reports, nearest first.
  static func precedes(_ a: TrailLot, _ b: TrailLot) -> Bool {
    if a.step != b.step { return a.step < b.step }
    let order = CodePoints.compare(a.order, b.order)
    if order != 0 { return order < 0 }
    return (a.name.partition, a.name.number) < (b.name.partition, b.name.number)
  }

  private var order: [String] { [plant, part, pedimento, "\(line)"] }

  static func account(_ isScrap: Bool) -> String { isScrap ? "desperdicio" : "existencia" }

  func cells(_ names: CatalogNames) -> [String] {
    let company = names.company(ofPlant: plant)
    let left = quantity.millionths - discharged.millionths - moved.millionths
    let origin =
      switch source {
      case .entry: "entrada"
      case .move: "traslado"
      case .discharge: "salida"
      }
    return [
      "\(step)", company.rfc, company.name, plant, part, pedimento, "\(line)", clave,
      "\(enteredOn)", dueOn?.description ?? "", "\(quantity)", "\(discharged)", "\(moved)",
      "\(Quantity(millionths: left))", names.unit(ofPart: part), "\(value)",
      "\(Money(centavos: value.centavos - valueOut.centavos))", Self.account(isScrap), origin,
      sourceBy ?? "", sourceLine.map { "\($0)" } ?? "", sourceOn?.description ?? "", link,
      name.text,
    ]
  }
}
