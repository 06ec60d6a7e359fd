import Foundation
import IngestFiles
import Ledger
import Messages
import Testing

/// The catalogue, bills and stock movements as spreadsheets.
@Suite("Catalogues and movements by CSV")
struct FactSheetTests {
  static let companies = "rfc,razon_social,programa,certificacion\n"
  static let plants = "planta,rfc,nombre,direccion,zona_horaria\n"
  static let parts =
    "numero_parte,tipo,descripcion,fraccion,nico,umc,categoria,umc_2,factor_2,umc_3,factor_3\n"
  static let bills =
    "producto,version,vigente_desde,planta,componente,por_unidad,merma,desperdicio\n"
  static let movements =
    "movimiento,planta,numero_parte,cantidad,umc,documento,fecha,id,orden,ubicacion,rfc,"
    + "planta_destino,aviso\n"

  static let samples: [(String, FileFormat, String)] = [
    (
      companies + "MNO010101AB1,Maquilas del Norte,1234-2006,AA\n", FileFormat.companies,
      #"{"rfc":"MNO010101AB1","name":"Maquilas del Norte","immexProgram":"1234-2006","#
        + #""certification":"AA"}"#
    ),
    (
      companies + "MNO010101AB1,\"Ñandú, S.A.\",1234-2006\n", .companies,
      #"{"rfc":"MNO010101AB1","name":"Ñandú, S.A.","immexProgram":"1234-2006"}"#
    ),
    (
      plants + "MTY-1,MNO010101AB1,Monterrey,,America/Monterrey\n", .plants,
      #"{"plant":"MTY-1","rfc":"MNO010101AB1","name":"Monterrey","address":"","#
        + #""timeZone":"America/Monterrey"}"#
    ),
    (
      parts + "CABLE,Material,Cable,8544.42.99,1,6,108-i\n", .parts,
      #"{"part":"CABLE","kind":"material","description":"Cable","tariffItem":"85444299","#
        + #""nico":"01","uom":"6","category":"108-I","conversions":[]}"#
    ),
    (
      parts + "RADIO,PRODUCTO,Radio,85271301,00,6,108-I,,,1,.25\n", .parts,
      #"{"part":"RADIO","kind":"product","description":"Radio","tariffItem":"85271301","#
        + #""nico":"00","uom":"6","category":"108-I","#
        + #""conversions":[{"factor":"0.25","uom":"1"}]}"#
    ),
    (
      parts + "MOLD,activo,Molde,84807101,00,6,108-III,1,2.5,8,+12\n", .parts,
      #"{"part":"MOLD","kind":"asset","description":"Molde","tariffItem":"84807101","#
        + #""nico":"00","uom":"6","category":"108-III","#
        + #""conversions":[{"factor":"2.5","uom":"1"},{"factor":"12","uom":"8"}]}"#
    ),
    (
      bills + "RADIO,A,2026-01-01 00:00:00,,SCREW,4,,\nRADIO,A,2026-01-01,,CABLE,2,.1,0\n",
      .bills,
      #"{"components":[{"part":"CABLE","perUnit":"2","scrap":"0","waste":"0.1"},"#
        + #"{"part":"SCREW","perUnit":"4"}],"product":"RADIO","validFrom":"2026-01-01","#
        + #""version":"A"}"#
    ),
    (
      movements + "Recibido,MTY-1,CABLE,100.,6,R-1,2026-02-01 8:05\n", .movements,
      #"{"kind":"received","plant":"MTY-1","part":"CABLE","quantity":"100","uom":"6","#
        + #""document":"R-1","occurredAt":"2026-02-01T08:05:00-06:00"}"#
    ),
    (
      movements + "contado,MTY-1,CABLE,0,6,C-1,2026-02-01,,,A-01\n", .movements,
      #"{"kind":"counted","plant":"MTY-1","part":"CABLE","quantity":"0","uom":"6","#
        + #""document":"C-1","occurredAt":"2026-02-01T00:00:00-06:00","location":"A-01"}"#
    ),
  ]

  @Test("A row becomes the event that producers send otherwise", arguments: samples)
  func rows(_ text: String, _ format: FileFormat, _ data: String) throws {
    let loaded = try load(text)
    #expect(loaded.summary == FileSummary(format: format, events: 1))
    #expect(loaded.data == [data])
    #expect(try verdicts(loaded) == [""])
  }

  @Test("A move between plants is known by its id")
  func move() throws {
    let loaded = try load(
      Self.movements
        + "trasladado,MTY-1,CABLE,5,6,T-1,2026-02-01T10:00:00-05:00,M 1,,,MNO010101AB1,TIJ,A-9\n")
    #expect(
      loaded.events == [
        #"{"data":{"kind":"moved","plant":"MTY-1","part":"CABLE","quantity":"5","uom":"6","#
          + #""document":"T-1","occurredAt":"2026-02-01T10:00:00-05:00","rfc":"MNO010101AB1","#
          + #""toPlant":"TIJ","aviso":"A-9"},"id":"M 1","source":"/movements","#
          + #""specversion":"1.0","time":"2026-02-01T10:00:00-05:00","type":"immex.stock.v1"}"#
      ])
  }

  @Test("The catalogue is dated by when it is loaded, and identified by its content")
  func identities() throws {
    let row = "MTY-1,MNO010101AB1,Monterrey,Av. Uno 1\n"
    func event(_ text: String, _ loaded: Instant = loadTime) throws -> (id: String, time: String) {
      let event = try #require(try load(Array(text.utf8), loaded: loaded).parsed().first)
      #expect(event["saldoloaded"] as? Bool == true)
      return (try #require(event["id"] as? String), try #require(event["time"] as? String))
    }
    let first = try event(Self.plants + row)
    #expect(first.time == "2026-01-02T03:04:05.000000001Z")
    #expect(first.id.count == 32)
    let later = Instant(nanoseconds: loadTime.nanoseconds + 1_000_000_000)
    let again = try event(
      "direccion;nombre;RFC;Planta\nAv. Uno 1;Monterrey;MNO010101AB1;MTY-1", later)
    #expect(again.id == first.id)
    #expect(again.time == "2026-01-02T03:04:06.000000001Z")
    #expect(try event(Self.plants + row.replacing("Uno", with: "Dos")).id != first.id)
    // The same event to those who compare it, whenever it was loaded.
    #expect(try fingerprint(Self.plants + row) == fingerprint(Self.plants + row, later))
  }

  private func fingerprint(_ text: String, _ loaded: Instant = loadTime) throws -> UInt64 {
    var decoder = EventDecoder()
    let event = try #require(try load(Array(text.utf8), loaded: loaded).events.first)
    return try Array(event.utf8).withUnsafeBytes { try decoder.decode($0).fingerprint }
  }

  @Test("A bill is all rows of product, version and plant, in any order of rows")
  func billsInAnyOrder() throws {
    let rows = [
      "RADIO,A,2026-01-01,,CABLE,2,0.1,", "RADIO,A,2026-01-01,,SCREW,4,,",
      "RADIO,A,2026-01-01,MTY-1,CABLE,3,,", "RADIO,B,2026-06-01,,CABLE,2,,",
      "TV,A,2026-01-01,,RADIO,1,,",
    ]
    func bills(_ rows: [String]) throws -> Set<String> {
      let loaded = try load(Self.bills + rows.map { $0 + "\n" }.joined())
      #expect(loaded.codes == [])
      return Set(try loaded.parsed().compactMap { $0["id"] as? String })
    }
    let wanted = try bills(rows)
    #expect(wanted.count == 4)
    var random = SeededGenerator(seed: 5)
    for _ in 0..<20 { #expect(try bills(rows.shuffled(using: &random)) == wanted) }
  }

  static let wrong: [(String, [String])] = [
    (companies + "MNO,N,1-2006,\nMNO010101AB1,N,1-2006,A\n", ["2 rfc", ""]),
    (companies + "MNO010101AB1,N,1-2006,B\n", ["2 certificacion"]),
    (companies + "MNO010101AB1,,1-2006\n", ["2 razon_social"]),
    (companies + "MNO010101AB1,\u{A0}N,1-2006\n", ["2 razon_social"]),
    (plants + "A,MNO010101AB1,N,D,Tijuana\n", ["2 zona_horaria"]),
    (plants + "A,MNO010101AB1,N,D,America/Tijauna\n", ["2 zona_horaria"]),
    (plants + "A|B,MNO010101AB1,N,D\n", ["2 planta"]),
    (parts + "C,material,x,854442,00,6,108-I\n", ["2 fraccion"]),
    (parts + "C,material,x,8544.4299,00,6,108-I\n", ["2 fraccion"]),
    (parts + "C,cosa,x,85444299,00,6,108-I\n", ["2 tipo"]),
    (parts + "C,material,x,85444299,001,6,108-I\n", ["2 nico"]),
    (parts + "C,material,x,85444299,00,pieza,108-I\n", ["2 umc"]),
    (parts + "C,material,x,85444299,00,6,108\n", ["2 categoria"]),
    (parts + "C,material,x,85444299,00,6,108-I,,2,1,3\n", ["2 umc_2"]),
    (parts + "C,material,x,85444299,00,6,108-I,1,2,8,\n", ["2 factor_3"]),
    (parts + "C,material,x,85444299,00,6,108-I,1,2,8,0\n", ["2 factor_3"]),
    (parts + "C,material,x,85444299,00,6,108-I,1,\"1,5\"\n", ["2 factor_2"]),
    (parts + "C,material,x,85444299,00,6,108-I,,,8,2,,\n", [""]),
    (
      bills + "R,A,2026-01-01,,C,2,,\nR,A,2026-01-01,,D,dos,,\nT,A,2026-01-01,,C,1,,\n",
      ["3 por_unidad", ""]
    ),
    (bills + "R,A,01/01/2026,,C,2,,\n", ["2 vigente_desde"]),
    (bills + "R,A,2026-01-01 10:00,,C,2,,\n", ["2 vigente_desde"]),
    (bills + "R,,2026-01-01,,C,2,,\n", ["2 version"]),
    (bills + "R,A,2026-01-01,,C,2,-1,\n", ["2 merma"]),
    (bills + "R,A,2026-01-01,,B,2,,\nR,A,2026-01-01,,R,2,,\n", ["3 componente"]),
    (movements + "recibida,A,C,1,6,D,2026-01-01\n", ["2 movimiento"]),
    (movements + "recibido,A,C,-1,6,D,2026-01-01\n", ["2 cantidad"]),
    (movements + "recibido,A,C,1,6,D,01/02/2026\n", ["2 fecha"]),
    (movements + "recibido,A,C,1,6,D,2026-02-30\n", ["2 fecha"]),
    (movements + "recibido,A,C,1,6,D,2026-02-01 25:00\n", ["2 fecha"]),
    (movements + "recibido,A,C,1,6,D,2026-02-01 10:00 am\n", ["2 fecha"]),
    (movements + "recibido,A,C,1,6,D,46054\n", ["2 fecha"]),
    (movements + "recibido,A,C,1,6,D,\n", ["2 fecha"]),
    (movements + "trasladado,A,C,1,6,D,2026-01-01,,,,,B,X\n", ["2 rfc"]),
    (movements + "trasladado,A,C,1,6,D,2026-01-01,,,,MNO010101AB1,,X\n", ["2 planta_destino"]),
    (
      movements + "recibido,A,C,1,6,D,2026-01-01,\(String(repeating: "x", count: 300))\n",
      ["2 id"]
    ),
  ]

  @Test(
    "A cell that is not right is told by its column and line, and the rest goes on",
    arguments: wrong)
  func wrongCells(_ text: String, _ wanted: [String]) throws {
    #expect(try verdicts(load(text)) == wanted)
  }

  /// Of each event what is wrong, as line and column; nothing where intake takes it.
  private func verdicts(_ loaded: Loaded) throws -> [String] {
    var decoder = EventDecoder()
    return zip(loaded.events, loaded.places).map { event, place in
      let isTaken = Array(event.utf8).withUnsafeBytes { (try? decoder.decode($0)) != nil }
      #expect(isTaken || place.column != nil, "\(event) \(place)")
      return place.column.map { "\(place.line) \($0)" } ?? ""
    }
  }

  static let headers: [(String, String)] = [
    ("rfc,razon_social,programa_immex\n", "programa"),
    ("rfc,name,immexProgram\n", "razon_social"),
    ("planta,nombre,direccion\n", "rfc"),
    ("numero_parte,tipo,descripcion,fraccion,nico,unidad,categoria\n", "umc"),
    ("numero_parte,tipo,descripcion,fraccion,nico,umc\n", "categoria"),
    ("part,kind,description,tariffItem,nico,uom,category\n", "numero_parte"),
    ("producto,version,vigente_desde,componente,cantidad\n", "por_unidad"),
    ("producto,version,componente,por_unidad\n", "vigente_desde"),
    ("producto,version,vigente_desde,componente,por_unidad,Merma,merma\n", "merma"),
    ("movimiento,planta,numero_parte,cantidad,umc,documento,fecha_movimiento\n", "fecha"),
    ("movimiento,planta,numero_parte,cantidad,umc,fecha\n", "documento"),
  ]

  @Test(
    "A header that lacks a column, or has one under another name, is refused with the right name",
    arguments: headers)
  func wrongHeaders(_ text: String, _ name: String) throws {
    var sink = CollectingSink()
    let error = #expect(throws: InputFileError.self) {
      _ = try InputFile.load(bytes: Array(text.utf8), name: "f", into: &sink)
    }
    let detail = error?.detail ?? ""
    #expect(
      detail.hasSuffix("needs the column \(name)") || detail.contains(" \(name) in ")
        || detail.contains("column \(name) is there twice"), "\(detail)")
    #expect(sink.events.isEmpty)
  }

  @Test("What rows say twice, or otherwise, is told")
  func repeated() throws {
    let row = "C,material,x,85444299,00,6,108-I"
    #expect(try load(Self.parts + "\(row)\n\(row)\n").codes == [.rowRepeated])
    let other = row.replacing(",x,", with: ",y,")
    let both = try load(Self.parts + "\(row)\n\(other)\n")
    #expect(both.codes == [.rowReplaced] && both.rejections.map(\.line) == [3])
    #expect(both.events.count == 2)
    // A column that is not used makes no other part of one, but maybe another movement.
    let noted = "notas,numero_parte,tipo,descripcion,fraccion,nico,umc,categoria\n"
    let apart = try load("\(noted)a,\(row)\nb,\(row)\n")
    #expect(apart.codes == [.columnUnknown, .rowRepeated] && apart.events.count == 1)
    let moves = "movimiento,planta,numero_parte,cantidad,umc,documento,fecha,turno\n"
    let move = "recibido,A,C,1,6,D,2026-01-01"
    let alike = try load("\(moves)\(move),1\n\(move),1\n\(move),2\n")
    #expect(alike.codes == [.columnUnknown, .rowRepeated, .rowAlike] && alike.events.count == 1)
    let named = try load(Self.movements + "\(move),1\n\(move),2\n\(move),1\n")
    #expect(named.codes == [.rowRepeated] && named.events.count == 2)
  }

  @Test("A bill that is contradicted, or of which a row cannot be read, is not taken")
  func refusedBills() throws {
    let (first, other) = ("R,A,2026-01-01,,C,2,,\n", "T,A,2026-01-01,,C,1,,\n")
    let twoDays = try load(Self.bills + first + other + "R,A,2026-02-01,,D,2,,\n")
    #expect(twoDays.codes == [.billRefused] && twoDays.rejections.map(\.line) == [4])
    #expect(twoDays.events.count == 1 && twoDays.data[0].contains("\"T\""))
    // A decimal comma makes a cell too many.
    let shifted = try load(Self.bills + first + "R,A,2026-01-01,,D,2,5,0,0\n" + other)
    #expect(shifted.codes == [.rowColumns, .billRefused])
    #expect(shifted.rejections.map(\.line) == [3, 2])
    #expect(shifted.events.count == 1 && shifted.data[0].contains("\"T\""))
    let quoted = try load(Self.bills + first + other + "\"R,A,2026-01-01,,D,2,,\n")
    #expect(quoted.codes == [.rowColumns, .billRefused] && quoted.events.count == 1)
    let cut = try load(Self.bills + first + other + "R,A,2026-01-01")
    #expect(cut.codes == [.cut, .billRefused] && cut.events.count == 1)
  }

  @Test("Bills are bounded")
  func tooManyBills() throws {
    var limits = FileLimits()
    limits.maxBills = 1_000
    let rows = (0..<100).map { "R,A,2026-01-01,,C\($0),2,,\n" }.joined()
    #expect(try failure(Array((Self.bills + rows).utf8), limits) == .tooLarge)
  }

  @Test("A header alone is told")
  func headerAlone() throws {
    let loaded = try load(Self.parts)
    #expect(loaded.codes == [.noRows] && loaded.rejections == [])
  }
}
