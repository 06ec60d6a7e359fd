import Foundation
import ReportingRules
import Testing

/// The table of columns by itself: what files had before there was one, and that it says all.
@Suite struct ReportColumnsTests {
  @Test(arguments: ReportFile.allCases)
  func namesAndTheirOrderAreAsTheyWere(_ file: ReportFile) {
    // What auditors ask for stands behind.
    let details = file == .assets ? [] : file.details.map(\.column.name)
    #expect(file.columns.map(\.name) == Self.names(of: file) + details)
  }

  @Test(arguments: ReportFile.allCases)
  func everyColumnIsExplainedOnce(_ file: ReportFile) throws {
    let names = file.columns.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(Set(file.order).isSubset(of: names))
    #expect(Set(file.order).count == file.order.count)
    for text in [file.explanation.spanish, file.explanation.english] {
      #expect(text.hasSuffix("."))
    }
    for column in file.columns {
      for text in [column.spanish, column.english] {
        #expect(text.hasSuffix(".") && text.count > 8, "\(file) \(column.name)")
        #expect(!text.contains("|"), "it is a cell of a table")
      }
      #expect(column.spanish != column.english, "\(file) \(column.name)")
      #expect(column.law?.isEmpty != true)
      let isNumber = column.kind == .decimal || column.kind == .integer
      #expect(column.unit == nil || isNumber, "\(file) \(column.name)")
      #expect(column.unit != nil || column.kind != .decimal, "\(file) \(column.name)")
      if column.unit == .ofRow { #expect(names.contains("unidad")) }
    }
  }

  /// What a column is taken from is a field of an event that producers can look up.
  @Test(arguments: ReportFile.allCases)
  func sourcesAreFieldsOfEvents(_ file: ReportFile) throws {
    for column in file.columns {
      for source in column.source.components(separatedBy: " | ") {
        guard source.hasPrefix("immex.") else { continue }
        let type = source.prefix { $0 != ":" && $0 != "," }
        let path = Self.root.appending(path: "schemas/\(type).json")
        let schema = try String(contentsOf: path, encoding: .utf8)
        guard let colon = source.firstRange(of: ": ") else { continue }
        for field in source[colon.upperBound...].split(separator: ".") {
          let name = field.replacing("[]", with: "")
          #expect(schema.contains("\"\(name)\""), "\(file) \(column.name): \(source)")
        }
      }
    }
  }

  /// The manual's page is made of the table. `SALDO_WRITE_PAGES=1` writes it anew.
  @Test func theManualIsMadeOfTheTable() throws {
    let page = Self.root.appending(path: "Documentation/Columns.md")
    let text = ColumnsPage.text
    if ProcessInfo.processInfo.environment["SALDO_WRITE_PAGES"] != nil {
      try Data(text.utf8).write(to: page)
    }
    #expect(try String(contentsOf: page, encoding: .utf8) == text)
  }

  private static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private static func names(of file: ReportFile) -> [String] {
    switch file {
    case .entries:
      [
        "rfc", "razon_social", "planta", "pedimento", "clave", "linea", "numero_parte",
        "fecha_entrada", "fraccion", "nico", "descripcion", "cantidad", "unidad", "valor_mxn",
        "pais_origen", "fecha_vencimiento",
      ]
    case .exits:
      [
        "rfc", "razon_social", "planta", "documento", "clave", "linea", "numero_parte", "fecha",
        "fraccion", "nico", "cantidad", "unidad", "valor_mxn", "destino",
      ]
    case .balances:
      [
        "rfc", "razon_social", "planta", "numero_parte", "pedimento", "linea", "fecha_entrada",
        "fecha_vencimiento", "cantidad", "descargado", "trasladado", "saldo", "unidad",
        "valor_mxn", "valor_saldo_mxn", "estado",
      ]
    case .discharges:
      [
        "rfc", "razon_social", "planta", "documento_salida", "linea_salida", "numero_parte",
        "producto", "pedimento_entrada", "linea_entrada", "fecha_salida", "fecha_entrada",
        "incorporado", "merma", "desperdicio", "unidad", "valor_mxn",
      ]
    case .shortages:
      [
        "rfc", "razon_social", "planta", "documento_salida", "linea_salida", "numero_parte",
        "faltante", "unidad", "fecha_salida",
      ]
    case .transfers:
      [
        "rfc", "razon_social", "papel", "pedimento", "fecha", "valor_mxn", "contraparte_rfc",
        "contraparte_razon_social", "contraparte_pedimento", "contraparte_fecha",
        "contraparte_valor_mxn", "estado", "provisional", "difiere", "forma", "dias",
        "valor_descargado_mxn", "candidatos", "confirmada_por", "confirmada_en", "motivo",
        "transferencia",
      ]
    case .scrap:
      [
        "rfc", "razon_social", "planta", "numero_parte", "pedimento", "linea", "fecha_entrada",
        "pendiente_desde", "generado", "dispuesto", "saldo", "unidad", "valor_mxn",
        "valor_saldo_mxn",
      ]
    case .disposals:
      [
        "rfc", "razon_social", "planta", "documento", "linea", "numero_parte",
        "pedimento_entrada", "linea_entrada", "clave", "fecha", "fecha_entrada", "cantidad",
        "faltante", "unidad", "valor_mxn",
      ]
    case .destructions:
      [
        "rfc", "razon_social", "planta", "acta", "linea", "numero_parte", "pedimento_entrada",
        "linea_entrada", "origen", "fecha", "folio_aviso", "fecha_aviso", "dias_aviso",
        "estado_aviso", "fecha_entrada", "cantidad", "faltante", "unidad", "valor_mxn",
      ]
    case .submanufacture:
      [
        "rfc", "razon_social", "planta", "submaquilador", "nombre", "lugar", "numero_parte",
        "documento", "aviso", "fecha_envio", "cantidad", "devuelto", "pendiente", "unidad",
        "ultima_devolucion", "dias", "estado",
      ]
    case .conservation:
      [
        "rfc", "razon_social", "numero_parte", "unidad", "entradas", "saldo", "incorporado",
        "merma", "desperdicio", "desperdicio_saldo", "desperdicio_dispuesto", "en_transito",
        "diferencia", "estado", "documentos",
      ]
    case .moves:
      [
        "rfc", "razon_social", "planta_recibe", "numero_parte", "documento", "fecha",
        "planta_envia", "aviso", "enviado", "amparado", "recibido", "recibido_sin_convertir",
        "diferencia", "unidad", "estado", "dias", "ultima_recepcion",
      ]
    case .withdrawals:
      [
        "source", "id", "pedimento", "linea", "numero_parte", "tipo", "documento", "motivo", "por",
        "fecha", "retiro_source", "retiro_id", "estado", "rfc", "razon_social", "planta",
      ]
    case .pending:
      [
        "id", "source", "type", "motivo", "recibido", "archivo", "renglon", "pedimento", "rfc",
        "razon_social", "planta",
      ]
    // Of these there were none before the table.
    case .byTariffItem, .byPart, .aging, .assets, .taxpayers, .materials, .products, .bills,
      .parties:
      file.columns.map(\.name)
    }
  }
}
