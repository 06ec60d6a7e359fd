import Foundation

/// The columns of three reports that say what was matched, without their header rows, sorted as
/// text as the reports are. Cells are as they are, not escaped for a file.
public struct AuditReport: Sendable, Equatable {
  /// planta, numero_parte, pedimento, linea, fecha_entrada, fecha_vencimiento, cantidad, saldo
  public var saldos: [[String]]
  /// planta, documento_salida, linea_salida, numero_parte, producto, pedimento_entrada,
  /// linea_entrada, incorporado, merma, desperdicio
  public var descargos: [[String]]
  /// planta, documento_salida, linea_salida, numero_parte, faltante
  public var faltantes: [[String]]

  public init(saldos: [[String]], descargos: [[String]], faltantes: [[String]]) {
    (self.saldos, self.descargos, self.faltantes) = (saldos, descargos, faltantes)
  }
}

/// What the books must say for a set of facts.
public struct AuditBooks: Sendable, Equatable {
  public var report: AuditReport
  /// The accounts of scrap.
  public var scrap: AuditScrap
  /// Moves between plants and their receipts.
  public var moves: AuditMoves
  /// The other amounts of each row of `report.saldos`, in its order.
  public var lots: [LotAmounts]
  /// `valor_mxn` of each row of `report.descargos`, in its order (Rules.md#R8.1).
  public var dischargeValues: [String]
  /// One row per part, by part number.
  public var totals: [PartTotal]
  /// planta, submaquilador, numero_parte, documento, aviso, fecha_envio, cantidad, devuelto,
  /// pendiente, ultima_devolucion: sorted as text by all columns.
  public var submaquila: [[String]] = []
  /// How virtual transfers stand: sender, receiver, the sender's document, the receiver's, state,
  /// what made the pair, what differs, candidates.
  public var transfers: [[String]]
  /// What is known and has no effect, with the reason; prose for a person who looks for a cause.
  public var waiting: [String]
  /// Withdrawals of events: source and id of the event, retirado, cancelado or en_espera.
  public var withdrawals: [[String]] = []
  /// Events that the auditor could not read. The caller leaves out what the rules reject, so
  /// anything here is a mistake of the caller, or the auditor's.
  public var unreadable: [String]

  /// The columns of `saldos.csv` that are not in bold. Plain decimals.
  public struct LotAmounts: Sendable, Equatable {
    public var descargado: String
    public var trasladado: String
    public var valorMXN: String
    public var valorSaldoMXN: String

    public init(
      descargado: String, trasladado: String, valorMXN: String, valorSaldoMXN: String
    ) {
      (self.descargado, self.trasladado) = (descargado, trasladado)
      (self.valorMXN, self.valorSaldoMXN) = (valorMXN, valorSaldoMXN)
    }
  }

  /// Conservation: over all plants, what entered by documents is what is there plus what left by
  /// documents, in quantity and in value. Moves do not change it.
  public struct PartTotal: Sendable, Equatable {
    public var part: String
    public var entered: String
    public var balance: String
    public var discharged: String
    /// What exits and acts asked for and did not get; what moves did not get is not in it.
    public var shortage: String
    public var enteredValue: String
    public var balanceValue: String
    public var dischargedValue: String
    /// Whether both sums hold, exactly.
    public var adds: Bool
  }
}

/// An independent reading of the book-keeping rules: naive, whole-history, sharing no code with the
/// books that it checks. It keeps no state: it derives all lots and demands from all facts and
/// serves the demands once, in order.
public enum Auditor {
  /// The books for these structured CloudEvents of the `immex.*` types, in any order, repeats
  /// included. Leave out what the rules reject (malformed events, the same identity with other
  /// content). What refers to something not known has no effect; a move has one only between two
  /// plants registered for its company.
  ///
  /// - Parameter asOf: a day, YYYY-MM-DD: what the order of facts puts on a later day is left out,
  ///   and which documents count is as known now; nil for all.
  public static func audit(events: [Data], asOf day: String? = nil) -> AuditBooks {
    let facts = Facts(events: events)
    let derivation = Derivation(facts)
    let last = day.map { Text($0) }
    let elsewhere = SubmanufactureRows(facts, until: last)
    var books = AuditBooks(
      Matching(derivation, until: last), facts, transfers: Transfers(facts, until: last).rows,
      waiting: derivation.waiting + elsewhere.waiting)
    books.submaquila = elsewhere.rows
    books.withdrawals = facts.withdrawals
    return books
  }
}
