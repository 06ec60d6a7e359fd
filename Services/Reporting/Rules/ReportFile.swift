/// A report as a file, with its columns in their order.
public enum ReportFile: String, Sendable, CaseIterable {
  /// What came in.
  case entries = "entradas"
  /// What went out.
  case exits = "salidas"
  /// What is left of each entry.
  case balances = "saldos"
  /// Which entries each exit drew on (materiales utilizados).
  case discharges = "descargos"
  /// What no lot could give.
  case shortages = "faltantes"
  /// The sides of virtual transfers.
  case transfers = "transferencias"
  /// What of the scrap that discharges left is owed a disposal.
  case scrap = "desperdicios"
  /// Which scrap each disposal drew on, and what it did not find.
  case disposals = "disposiciones"
  /// What each act of destruction destroyed, by import pedimento, and how its notice stands.
  case destructions = "destrucciones"
  /// What is at sub-manufacturers, and what came back.
  case submanufacture = "submaquila"
  /// Whether of every part what came in is what is there, in transit, or gone.
  case conservation = "conservacion"
  /// Moves between plants, and what of them was received.
  case moves = "traslados"
  /// Facts that were withdrawn, and those that count again.
  case withdrawals = "retiros"
  /// Facts that wait or are rejected, and what files held that was not taken.
  case pending = "pendientes"

  /// The file's name within its folder.
  public var fileName: String { rawValue + ".csv" }

  /// The header row.
  public var columns: [String] {
    switch self {
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
    }
  }
}
