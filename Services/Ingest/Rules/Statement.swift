import Ledger
import Messages

/// What a document says, whichever way it came: as an event, or from Data Stage and partes.csv.
struct Statement {
  var number: String
  var clave: String
  var operation: Operation
  var rfc: String
  var paidOn: CalendarDate
  var rectifies: String?
  /// A rectification, even where it does not say of what.
  var isRectification: Bool
  /// Desisted or reserved.
  var neverCounts: Bool
  /// Whether it is a pedimento; else an act, or the notice of one.
  var isPedimento = true
  /// The other party of a virtual transfer, where it is named.
  var counterparty: Counterparty?
  /// What it says that the books need not know.
  var details: Details<DocumentDetail>?
  var lines: [StatementLine]
  /// Partidas that no row of partes.csv names a part of: as customs recorded them, without one.
  var uncovered: [StatementLine] = []
  /// Partidas without a quantity, which only a document without effect may have.
  var unquantified: [Int32] = []
  /// The partidas that partes.csv has not told enough of, with what is missing.
  var missing: [String] = []
  /// Of an act of destruction the folio of the notice before it.
  var notice: String?
  /// What is wrong with rows of partes.csv.
  var problems: [Problem] = []

  /// Something that keeps one fact out of the books.
  struct Problem: Equatable {
    /// The fact's place among those of the document: -1 for the main one, else a row's.
    var fact: Int
    var code: String
    var detail: String
    var rejected: Bool

    static func waits(_ reason: WaitingReason, _ detail: String, fact: Int = -1) -> Problem {
      Problem(fact: fact, code: reason.rawValue, detail: detail, rejected: false)
    }

    static func rejected(_ code: RejectionCode, _ detail: String, fact: Int = -1) -> Problem {
      Problem(fact: fact, code: code.rawValue, detail: detail, rejected: true)
    }
  }
}

/// One part of one line of a document.
struct StatementLine {
  var line: Int32
  var plant: String
  var part: String
  var quantity: ExactDecimal
  /// Nil if the document says none, as one without effect may.
  var uom: UnitOfMeasure?
  var tariffItem: String
  var nico: String
  var value: Money
  var originCountry: String
  var finished: Bool
  var discharges: [EntryReference]
  var disposal = Disposal.none
  /// What it says that the books need not know.
  var details: Details<LineDetail>?
}

extension Statement {
  /// What a document does that rectifies none.
  var effect: DocumentEffect { DocumentEffect.of(clave: clave, operation: operation) }

  /// Whether there is all that a document with an effect on quantities needs.
  var isComplete: Bool { missing.isEmpty && unquantified.isEmpty && !lines.isEmpty }

  init(_ document: PedimentoDocument) {
    number = document.pedimento
    clave = document.clave
    operation = document.operation
    rfc = document.rfc
    paidOn = document.paidOn
    rectifies = document.rectifies
    isRectification = document.rectifies != nil
    neverCounts = false
    counterparty = document.counterparty
    details = document.details
    lines = document.lines.map { line in
      StatementLine(
        line: line.line, plant: document.plant, part: line.part, quantity: line.quantity,
        uom: line.uom, tariffItem: line.tariffItem, nico: line.nico, value: line.value,
        originCountry: line.originCountry, finished: line.finished, discharges: line.discharges,
        disposal: line.scrap ? .said : .none, details: line.details)
    }
  }

  /// Customs' own record, with the parts that rows of partes.csv give its partidas.
  init(_ document: DataStagePedimento, rows: PartesRows) {
    number = document.pedimento
    clave = document.clave
    operation = document.operation
    rfc = document.rfc
    paidOn = document.paidOn
    rectifies = document.rectifies
    isRectification = document.isRectification || document.rectifies != nil
    neverCounts = document.neverCounts
    counterparty = document.counterparty
    details = document.details
    lines = []
    for row in rows.unmatched {
      let detail = "secuencia \(row.row.line): \(row.row.part)"
      problems.append(.waits(.rowUnknown, detail, fact: row.fact))
    }
    let partidas = Dictionary(document.partidas.map { ($0.line, $0) }) { first, _ in first }
    var taken: [Int32: ExactDecimal] = [:]
    for row in rows.counting {
      // What names another company's pedimento waits for one of its own.
      guard row.row.rfc == rfc else {
        problems.append(.waits(.pedimentoUnknown, number, fact: row.fact))
        continue
      }
      take(row.row, fact: row.fact, partidas[row.row.line], &taken)
    }
    for partida in document.partidas {
      let sum = taken[partida.line] ?? .zero
      if sum == .zero { uncovered.append(StatementLine(partida)) }
      if partida.quantity == .zero { unquantified.append(partida.line) }
      guard sum < partida.quantity, let rest = try? partida.quantity - sum else { continue }
      missing.append("secuencia \(partida.line): faltan \(rest)")
    }
  }

  private mutating func take(
    _ row: PartesRow, fact: Int, _ partida: DataStagePedimento.Partida?,
    _ taken: inout [Int32: ExactDecimal]
  ) {
    guard let partida else {
      problems.append(.waits(.partidaUnknown, "secuencia \(row.line)", fact: fact))
      return
    }
    guard partida.uom == nil || partida.uom == row.uom else {
      let unit = partida.uom.map { "\($0.code)" } ?? ""
      problems.append(
        .rejected(.partesUnit, "umc \(row.uom.code), partida \(unit)", fact: fact))
      return
    }
    guard let sum = try? (taken[row.line] ?? .zero) + row.quantity,
      sum <= partida.quantity || partida.quantity == .zero
    else {
      problems.append(
        .rejected(
          .partesExceed, "secuencia \(row.line): \(row.quantity) de \(partida.quantity)",
          fact: fact))
      return
    }
    taken[row.line] = sum
    lines.append(
      StatementLine(
        line: row.line, plant: row.plant, part: row.part, quantity: row.quantity, uom: row.uom,
        tariffItem: partida.tariffItem, nico: partida.nico, value: row.value,
        originCountry: partida.originCountry, finished: partida.finished,
        discharges: row.discharges.map { [$0] } ?? [],
        disposal: partida.disposesUnder.isEmpty ? .none : .identified(partida.disposesUnder),
        // What customs counts of a partida, it does not tell of the parts of one.
        details: row.quantity == partida.quantity
          ? partida.details : partida.details?.withoutAmounts))
  }

  init(_ act: Destruction) {
    number = act.acta
    clave = DemandMovement.actClave
    operation = .export
    rfc = act.rfc
    paidOn = act.destroyedOn
    isRectification = false
    neverCounts = false
    isPedimento = false
    notice = act.noticeFolio
    lines = act.lines.map { line in
      StatementLine(
        line: line.line, plant: act.plant, part: line.part, quantity: line.quantity, uom: line.uom,
        tariffItem: "", nico: "", value: .zero, originCountry: "", finished: false,
        discharges: line.discharges, disposal: line.scrap ? .said : .none)
    }
  }

  init(_ notice: DestructionNotice) {
    number = notice.folio
    clave = ""
    operation = .export
    rfc = notice.rfc
    paidOn = notice.noticedOn
    isRectification = false
    neverCounts = false
    isPedimento = false
    lines = notice.lines.map { line in
      StatementLine(
        line: line.line, plant: notice.plant, part: line.part, quantity: line.quantity,
        uom: line.uom, tariffItem: "", nico: "", value: .zero, originCountry: "", finished: false,
        discharges: [])
    }
  }
}

extension StatementLine {
  /// A partida of which no part is known.
  fileprivate init(_ partida: DataStagePedimento.Partida) {
    self.init(
      line: partida.line, plant: "", part: "", quantity: partida.quantity, uom: partida.uom,
      tariffItem: partida.tariffItem, nico: partida.nico, value: partida.value,
      originCountry: partida.originCountry, finished: false, discharges: [],
      details: partida.details)
  }
}
