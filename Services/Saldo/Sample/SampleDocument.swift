import Ledger

/// One line of a pedimento or an act: one part within a partida.
struct SampleLine {
  var number: Int
  var part: Int
  var uom: Int
  /// Thousandths of `uom`.
  var quantity: Int64
  /// Whole pesos.
  var pesos: Int64
  /// The partida's, which is its first part's.
  var tariffItem: Int
  var nico: Int
  var origin: Int
  var finished = false
  /// Disposes of scrap.
  var scrap = false
  var discharges: (pedimento: PedimentoNumber, line: Int)?
  /// 0 for none.
  var serial = 0
}

/// The claves that the sample writes.
enum SampleClave: String {
  case temporary = "IN"
  case asset = "AF"
  case virtual = "V1"
  case export = "RT"
  case replacement = "BB"
  case regime = "F4"
  case regimeNational = "F5"
  case donation = "V9"
  case regularisation = "A3"
  case rectification = "R1"
  case complement = "CT"
  case global = "GC"
  case definitive = "A1"
  case small = "C1"

  /// What stands in events and files.
  var text: StaticString {
    switch self {
    case .temporary: "IN"
    case .asset: "AF"
    case .virtual: "V1"
    case .export: "RT"
    case .replacement: "BB"
    case .regime: "F4"
    case .regimeNational: "F5"
    case .donation: "V9"
    case .regularisation: "A3"
    case .rectification: "R1"
    case .complement: "CT"
    case .global: "GC"
    case .definitive: "A1"
    case .small: "C1"
    }
  }
}

/// One pedimento, as the broker knows it.
struct SampleDocument {
  var number: PedimentoNumber
  /// As written: `R1` for a rectification.
  var clave: SampleClave
  /// The root's, which decides what the lines do.
  var effect: SampleClave
  var isImport: Bool
  var plant: Int
  var paidOn: CalendarDate
  /// The root's payment, which decides the bills of materials.
  var rootPaidOn: CalendarDate
  /// The document before it, its clave and payment, and the root of the chain.
  var rectifies: (number: PedimentoNumber, clave: SampleClave, paidOn: CalendarDate)?
  var original: PedimentoNumber?
  var counterparty: (plant: Int, pedimento: PedimentoNumber)?
  var lines: [SampleLine] = []

  /// A lot for each line.
  var opensLots: Bool {
    isImport && (effect == .temporary || effect == .asset || effect == .virtual)
  }

  /// A demand for each line.
  var discharges: Bool {
    switch effect {
    case .export, .replacement, .regime, .regimeNational, .regularisation, .donation: true
    case .virtual: !isImport
    default: false
    }
  }
}

/// One destruction act.
struct SampleAct {
  var number: Int
  var plant: Int
  var lines: [SampleLine]
  /// The notice that was given before; 0 for none.
  var notice = 0
}

/// One stock event.
struct SampleStock {
  enum Kind: Int, CaseIterable {
    case received, issued, completed, scrapped, shipped, counted, moved

    /// Reported by the plant's MES rather than by its warehouse.
    var isProduction: Bool { self == .issued || self == .completed || self == .scrapped }

    var text: StaticString {
      switch self {
      case .received: "received"
      case .issued: "issued"
      case .completed: "completed"
      case .scrapped: "scrapped"
      case .shipped: "shipped"
      case .counted: "counted"
      case .moved: "moved"
      }
    }
  }

  var kind: Kind
  var plant: Int
  var part: Int
  var uom: Int
  /// Millionths of `uom`.
  var quantity: Int64
  /// Production order; 0 for none.
  var order = 0
  /// Bin; -1 for none.
  var location = -1
  /// Of a move.
  var toPlant = 0
  /// The document of the move whose goods were received; 0 for none.
  var move = 0
}
