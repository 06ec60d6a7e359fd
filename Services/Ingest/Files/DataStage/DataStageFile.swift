/// The files of a Data Stage that are used, by the code at the end of their name.
enum DataStageFile: String, CaseIterable {
  case general = "501"
  case partidas = "551"
  case rectifications = "701"
  case identifiers = "507"
  case partidaIdentifiers = "554"
  case serials = "552"
  case selections = "sel"
  case invoices = "505"
  case operationDates = "506"
  case contributions = "557"
  /// What was asked for, and when the extract was executed.
  case summary = "resumen"

  /// Tells the file and the folio by a member's name: `{folio}_{code}.asc`, in any folder and any
  /// case. Nil for all others, hidden ones included (macOS adds `._` twins of what it packs).
  static func named(_ member: [UInt8]) -> (file: DataStageFile, folio: String)? {
    guard let (code, folio) = code(of: member) else { return nil }
    return DataStageFile(rawValue: code).map { ($0, folio) }
  }

  private static func code(of member: [UInt8]) -> (code: String, folio: String)? {
    let base = member.split { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") }.last ?? []
    let name = String(decoding: base, as: UTF8.self).lowercased()
    guard name.hasSuffix(".asc"), !name.hasPrefix(".") else { return nil }
    let stem = name.dropLast(4)
    let code = stem.split(separator: "_").last ?? stem
    return (String(code), String(stem.dropLast(code.count)))
  }

  /// The codes of the files that a Data Stage has beside these.
  private static let unused: Set<String> = [
    "502", "503", "504", "508", "509", "510", "511", "512", "520", "553", "555",
    "556", "558", "702", "inci",
  ]

  /// The code of a member that belongs to a Data Stage and is not used; nil for all others.
  static func unusedCode(_ member: [UInt8]) -> String? {
    guard let (code, _) = code(of: member), unused.contains(code) else { return nil }
    return code
  }

  /// The columns by whose year a row is told from one of the same number, ten years apart: the
  /// first that holds a date.
  var dates: [DataStageColumn] {
    switch self {
    case .general: [.fechaPagoReal, .fechaRecepcion]
    case .partidas, .partidaIdentifiers, .serials, .invoices, .contributions: [.fechaPagoReal]
    case .rectifications: [.fechaPago, .fechaPagoReal]
    case .identifiers, .operationDates: [.fechaValidacion, .fechaPagoReal]
    case .selections: [.fechaSeleccion]
    case .summary: []
    }
  }

  /// The columns without which a file with rows cannot be read.
  var neededColumns: [DataStageColumn] { self == .summary ? [] : DataStageColumn.key }

  /// Whether all that it tells are details (Events.md#optional): what of it cannot be read keeps no
  /// pedimento out of the books.
  var isOfDetails: Bool {
    switch self {
    case .invoices, .operationDates, .contributions: true
    default: false
    }
  }
}

/// The columns that are used, each with the names that versions of the extract give it.
enum DataStageColumn: Int, CaseIterable {
  case patente, pedimento, seccionAduanera
  case tipoOperacion, claveDocumento, rfc, tipoPedimento
  case fechaRecepcion, fechaPagoReal, fechaPago, fechaValidacion, fechaSeleccion, horaSeleccion
  case fechaEjecucion
  case fraccion, secuencia, subdivision, descripcion, valorComercial, valorDolares
  case cantidadUMC, umc, cantidadUMT, umt, paisOrigenDestino
  case valorAduana, marca, modelo, paisCompradorVendedor
  case numeroFactura, fechaFacturacion, proveedor
  case tipoFecha, fechaOperacion, claveContribucion, formaPago
  case claveCaso, identificadorCaso, complementoCaso, serie
  case pedimentoAnterior, patenteAnterior, seccionAnterior, fechaOperacionAnterior
  case pedimentoOriginal, patenteOriginal, seccionOriginal

  /// The names, the usual one first.
  var names: [String] {
    switch self {
    case .patente: ["Patente", "PatenteAduanal"]
    case .pedimento: ["Pedimento", "NumeroPedimento", "NumPedimento"]
    case .seccionAduanera:
      ["SeccionAduanera", "SeccionAduaneraDespacho", "SeccionAduaneraDesp", "Seccion"]
    case .tipoOperacion: ["TipoOperacion"]
    case .claveDocumento: ["ClaveDocumento", "ClavePedimento"]
    case .rfc: ["Rfc", "RfcContribuyente"]
    case .tipoPedimento: ["TipoPedimento"]
    case .fechaRecepcion: ["FechaRecepcionPedimento", "FechaRecepcion"]
    case .fechaPagoReal: ["FechaPagoReal"]
    case .fechaPago: ["FechaPago"]
    case .fechaValidacion: ["FechaValidacionPagoR", "FechaValidacionPagoReal"]
    case .fechaSeleccion: ["FechaSeleccion"]
    case .horaSeleccion: ["HoraSeleccion"]
    case .fechaEjecucion: ["Fecha_Ejecucion", "FechaHoraEjecucion", "FechaDeEjecucion"]
    case .fraccion: ["Fraccion", "FraccionArancelaria"]
    case .secuencia: ["SecuenciaFraccion", "Secuencia"]
    case .subdivision: ["SubdivisionFraccion", "Subdivision"]
    case .descripcion: ["DescripcionMercancia", "Descripcion"]
    case .valorComercial: ["ValorComercial"]
    case .valorDolares: ["ValorDolares"]
    case .cantidadUMC: ["CantidadUMComercial", "CantidadUMC"]
    case .umc: ["UnidadMedidaComercial", "UMC"]
    case .cantidadUMT: ["CantidadUMTarifa", "CantidadUMT"]
    case .umt: ["UnidadMedidaTarifa", "UMT"]
    case .paisOrigenDestino: ["PaisOrigenDestino"]
    case .valorAduana: ["ValorAduana"]
    case .marca: ["MarcaMercanciaProducto"]
    case .modelo: ["ModeloMercanciaProducto"]
    case .paisCompradorVendedor: ["PaisCompradorVendedor"]
    case .numeroFactura: ["NumeroFactura"]
    case .fechaFacturacion: ["FechaFacturacion"]
    case .proveedor: ["ProveedorMercancia"]
    case .tipoFecha: ["TipoFecha"]
    case .fechaOperacion: ["FechaOperacion"]
    case .claveContribucion: ["ClaveContribucion"]
    case .formaPago: ["FormaPago"]
    case .claveCaso: ["ClaveCaso"]
    case .identificadorCaso: ["IdentificadorCaso"]
    case .complementoCaso: ["ComplementoCaso"]
    case .serie: ["VinNumeroSerie", "NumeroSerie"]
    case .pedimentoAnterior: ["PedimentoAnterior"]
    case .patenteAnterior: ["PatenteAnterior", "PatenteAduanalAnterior"]
    case .seccionAnterior: ["SeccionAduaneraAnterior", "SeccionAduaneraDespAnterior"]
    case .fechaOperacionAnterior: ["FechaOperacionAnterior"]
    case .pedimentoOriginal: ["PedimentoOriginal"]
    case .patenteOriginal: ["PatenteAduanalOrig", "PatenteOriginal", "PatenteAduanalOriginal"]
    case .seccionOriginal:
      ["SeccionAduaneraDespOrig", "SeccionAduaneraOriginal", "SeccionAduaneraDespOriginal"]
    }
  }

  /// Whether its cells are decimals.
  var isDecimal: Bool {
    switch self {
    case .valorComercial, .valorDolares, .valorAduana, .cantidadUMC, .cantidadUMT: true
    default: false
    }
  }

  /// What every row is joined by.
  static let key: [DataStageColumn] = [.patente, .pedimento, .seccionAduanera]
}
