/// The accounts of scrap: what discharges left, and what disposed of it. Rows are sorted as text.
public struct AuditScrap: Sendable, Equatable {
  /// planta, numero_parte, pedimento, linea, fecha_entrada, generado, dispuesto, saldo
  public var owed: [[String]]
  /// Of each row of `owed`: valor_mxn, valor_saldo_mxn.
  public var owedValues: [[String]]
  /// planta, documento, linea, numero_parte, pedimento_entrada, linea_entrada, dispuesto
  public var disposed: [[String]]
  /// Of each row of `disposed`: valor_mxn.
  public var disposedValues: [String]
  /// planta, documento, linea, numero_parte, faltante
  public var short: [[String]]

  public init(
    owed: [[String]], disposed: [[String]], short: [[String]], owedValues: [[String]] = [],
    disposedValues: [String] = []
  ) {
    (self.owed, self.disposed, self.short) = (owed, disposed, short)
    (self.owedValues, self.disposedValues) = (owedValues, disposedValues)
  }

  init(_ books: Matching) {
    let lots = Dictionary(grouping: books.lots.filter(\.book.scrap)) { lot in
      [
        lot.book.plant.string, lot.book.part.string, lot.pedimento.string, String(lot.line),
        lot.enteredOn.string,
      ]
    }.sorted { AuditBooks.precedes($0.key, $1.key) }
    owed = lots.map { key, lots in
      key + [
        AuditBooks.sum(lots, \.opened), AuditBooks.sum(lots, \.discharged),
        AuditBooks.sum(lots, \.balance),
      ]
    }
    owedValues = lots.map { _, lots in
      [AuditBooks.sum(lots, \.value), AuditBooks.sum(lots) { $0.value - $0.valueGone }]
    }
    let demands = books.demands.filter(\.book.scrap)
    let takes = Dictionary(
      grouping: demands.flatMap { demand in demand.takes.map { (demand, $0) } }
    ) { demand, take in
      AuditScrap.name(demand) + [take.lot.pedimento.string, String(take.lot.line)]
    }.sorted { AuditBooks.precedes($0.key, $1.key) }
    disposed = takes.map { $0.key + [AuditBooks.sum($0.value, \.1.three.total)] }
    disposedValues = takes.map { AuditBooks.sum($0.value, \.1.value) }
    short = Dictionary(grouping: demands.filter { $0.shortage > .zero }, by: AuditScrap.name)
      .sorted { AuditBooks.precedes($0.key, $1.key) }
      .map { $0.key + [AuditBooks.sum($0.value, \.shortage)] }
  }

  private static func name(_ demand: Demand) -> [String] {
    [
      demand.book.plant.string, demand.key.document.string, String(demand.key.line),
      demand.book.part.string,
    ]
  }
}
