import Foundation
import SaldoSample
import Testing

/// The stream and the files of one plan tell the same facts.
@Suite struct RouteTests {
  /// One line of a pedimento, as text that both routes must agree on.
  private func fact(of event: Event) throws -> [String] {
    let data = event.data
    let head = [
      data.pedimento ?? "", data.clave ?? "", data.operation ?? "", data.rfc ?? "",
      data.plant ?? "", data.paidOn ?? "", data.rectifies ?? "", data.counterparty?.rfc ?? "",
    ]
    return try (data.lines ?? []).map { line in
      let entry = line.discharges?.first
      let tail = [
        String(line.line), line.part, String(try millionths(line.quantity)), String(line.uom),
        line.valueMXN ?? "", line.tariffItem ?? "", line.nico ?? "", line.originCountry ?? "",
        line.finished == true ? "PT" : "", line.scrap == true ? "scrap" : "",
        entry.map { "\($0.pedimento)-\($0.line)" } ?? "",
        line.serial ?? "",
      ]
      return (head + tail).joined(separator: "|")
    }
  }

  /// DE under F4 and DN under V9, and never otherwise.
  private func isScrap(_ row: [String: String], _ folder: ReadFolder) -> Bool {
    guard let clave = row["ClaveCaso"], ["DE", "DN"].contains(clave) else { return false }
    let document = folder.rows("501").first { $0.key == row.key }
    let before = folder.rows("701").first { $0.key == row.key }
    let own = document?["ClaveDocumento"] ?? ""
    #expect(own == "R1" ? before != nil : own == (clave == "DE" ? "F4" : "V9"), "\(row)")
    return true
  }

  private func facts(of folder: ReadFolder) throws -> [String] {
    var heads: [String: [String]] = [:]
    let before = Dictionary(grouping: folder.rows("701"), by: \.key)
    let other = Dictionary(
      grouping: folder.rows("507").filter { $0["ClaveCaso"] == "V1" }, by: \.key)
    for row in folder.rows("501") where !["7", "8"].contains(row["TipoPedimento"]) {
      let paid = try row.column("FechaPagoReal")
      let date = paid.isEmpty ? try row.column("FechaRecepcionPedimento") : paid
      let number = fifteen(
        date, try row.column("SeccionAduanera"), try row.column("Patente"),
        try row.column("Pedimento"))
      let rectifies = try before[row.key]?.first.map {
        fifteen(
          try $0.column("FechaOperacionAnterior"), try $0.column("SeccionAduaneraAnterior"),
          try $0.column("PatenteAnterior"), try $0.column("PedimentoAnterior"))
      }
      #expect((rectifies == nil) == (row["TipoPedimento"] == "1"))
      #expect(heads[row.key] == nil, "\(row.key) twice")
      heads[row.key] = [
        number, try row.column("ClaveDocumento"),
        row["TipoOperacion"] == "1" ? "import" : "export", try row.column("Rfc"),
        String(date.prefix(10)), rectifies ?? "",
        other[row.key]?.first?["IdentificadorCaso"] ?? "",
      ]
    }
    let finished = Set(folder.rows("554").filter { $0["ClaveCaso"] == "PT" }.map(\.partida))
    let scrap = Set(folder.rows("554").filter { isScrap($0, folder) }.map(\.partida))
    let serials = Dictionary(
      folder.rows("552").map { ($0.partida, $0["VinNumeroSerie"] ?? "") }, uniquingKeysWith: +)
    let partes = Dictionary(grouping: folder.partes) {
      ($0["pedimento"] ?? "") + "#" + ($0["secuencia"] ?? "")
    }
    var facts: [String] = []
    var used = 0
    for row in folder.rows("551") {
      guard let head = heads[row.key] else { continue }
      let mine = partes[head[0] + "#" + (try row.column("SecuenciaFraccion"))] ?? []
      used += mine.count
      var quantity = 0
      for parte in mine {
        quantity += try millionths(try parte.column("cantidad"))
        #expect(parte["rfc"] == head[3])
        #expect(parte["umc"] == row["UnidadMedidaComercial"])
        let entry = try parte.column("pedimento_original")
        facts.append(
          ([
            head[0], head[1], head[2], head[3], try parte.column("planta"), head[4], head[5],
            head[6], try row.column("SecuenciaFraccion"), try parte.column("numero_parte"),
            String(try millionths(try parte.column("cantidad"))), try parte.column("umc"),
            try parte.column("valor_mxn"), try row.column("Fraccion"),
            try row.column("SubdivisionFraccion").count == 1
              ? "0" + row.column("SubdivisionFraccion") : try row.column("SubdivisionFraccion"),
            try row.column("PaisOrigenDestino"), finished.contains(row.partida) ? "PT" : "",
            scrap.contains(row.partida) ? "scrap" : "",
            entry.isEmpty ? "" : entry + "-" + (try parte.column("secuencia_original")),
            serials[row.partida] ?? "",
          ] as [String]).joined(separator: "|"))
      }
      let whole = try millionths(try row.column("CantidadUMComercial"))
      #expect(quantity == whole, "partes of \(row.partida) add up to \(quantity), not \(whole)")
    }
    #expect(used == folder.partes.count, "every row of partes.csv belongs to a partida")
    return facts
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func filesAndStreamTellTheSameFacts(seed: UInt64) throws {
    try withTemporaryFolder { path in
      let plan = fullPlan(seed: seed)
      let stream = try ReadStream(plan)
      let summary = try SampleCompany.write(plan, to: path) { _ in }
      let folder = try ReadFolder(path)

      let told = try stream.unique("pedimento").flatMap(fact(of:)).sorted()
      let filed = try facts(of: folder).sorted()
      #expect(told == filed, "seed \(seed)")
      #expect(told.count == summary.lines)

      // Everything else is the same bytes in the same order.
      let text = try #require(String(data: stream.bytes, encoding: .utf8))
      let lines = text.split(separator: "\n")
      for (file, types) in [
        ("catalogo.ndjson", ["company", "plant", "part", "bom", "submanufacturer"]),
        ("movimientos.ndjson", ["stock", "destruction", "destructionNotice", "submanufacture"]),
      ] {
        let expected = zip(stream.events, lines).compactMap { event, line in
          types.contains { event.type == "immex.\($0).v1" } ? line : nil
        }
        let written = try String(contentsOfFile: path + "/" + file, encoding: .utf8)
        #expect(written.split(separator: "\n") == expected, "\(file) seed \(seed)")
      }
      var rest = stream.summary
      #expect(summary.pedimentosByClave == rest.pedimentosByClave)
      rest.eventsByType["immex.pedimento.v1"] = nil
      #expect(summary.eventsByType == rest.eventsByType)
    }
  }

  @Test func dataStageLooksLikeTheRealOne() throws {
    try withTemporaryFolder { path in
      let summary = try SampleCompany.write(fullPlan(seed: 5), to: path) { _ in }
      let folder = try ReadFolder(path)
      #expect(folder.names.count == 50)
      for name in folder.names {
        #expect(name.split(separator: "/").count == 2, "\(name) is in a folder")
      }
      for code in [
        "501", "505", "506", "507", "551", "552", "554", "557", "558", "701", "Sel", "Resumen",
      ] {
        #expect(!folder.rows(code).isEmpty, "\(code)")
      }
      #expect(folder.rows("512").isEmpty && folder.names.contains { $0.hasSuffix("_512.asc") })
      let general = try #require(folder.raw["4815162342/4815162342_501.asc"])
      #expect(general.contains(0xD1), "Ñ in Latin-1")
      let types = folder.rows("501").compactMap { $0["TipoPedimento"] }
      #expect(types.filter { $0 == "7" || $0 == "8" }.count == summary.desistedOrReserved)
      #expect(types.contains("7") && types.contains("8") && types.contains("2"))
      let raw = String(decoding: general, as: UTF8.self)
      #expect(raw.contains("| |") && raw.contains("||"), "blanks of both kinds")
      #expect(folder.rows("501").contains { $0["FechaPagoReal"] == "" })
      #expect(Set(folder.rows("501").map { $0["SeccionAduanera"]?.count }) == [3])
      let scales = Set(
        folder.rows("551").compactMap {
          $0["CantidadUMComercial"]?.split(separator: ".").dropFirst().first?.count
        })
      #expect(scales.isSuperset(of: [3, 5]))
    }
  }
}
