import CZip
import Foundation
import SaldoSample
import Testing

/// A folder of its own for one test, removed with it.
func withTemporaryFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
  let path = NSTemporaryDirectory() + "sample-" + UUID().uuidString
  defer { try? FileManager.default.removeItem(atPath: path) }
  return try body(path)
}

/// One run as files, read back by means as plain as possible.
struct ReadFolder {
  /// Rows of each member by its code, of all companies; the header tells the columns.
  var rows: [String: [[String: String]]] = [:]
  var partes: [[String: String]] = []
  var raw: [String: [UInt8]] = [:]
  var names: [String] = []

  init(_ path: String) throws {
    for name in try FileManager.default.contentsOfDirectory(atPath: path).sorted() {
      guard name.hasSuffix("_Solicitudes.zip") else { continue }
      try readArchive(path + "/" + name)
    }
    let text = try String(contentsOfFile: path + "/partes.csv", encoding: .utf8)
    let lines = text.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    let header = try #require(lines.first)
    for line in lines.dropFirst() {
      try #require(line.count == header.count)
      partes.append(Dictionary(uniqueKeysWithValues: zip(header, line)))
    }
  }

  private mutating func readArchive(_ path: String) throws {
    var code: Int32 = 0
    let archive = try #require(zip_open(path, ZIP_RDONLY, &code))
    defer { zip_discard(archive) }
    for index in 0..<zip_uint64_t(zip_get_num_entries(archive, 0)) {
      var stat = zip_stat_t()
      try #require(zip_stat_index(archive, index, 0, &stat) == 0)
      let name = String(cString: stat.name)
      let file = try #require(zip_fopen_index(archive, index, 0))
      defer { zip_fclose(file) }
      var bytes = [UInt8](repeating: 0, count: Int(stat.size))
      let size = bytes.count
      try #require(
        bytes.withUnsafeMutableBytes { zip_fread(file, $0.baseAddress, UInt64(size)) } == size)
      names.append(name)
      raw[name] = bytes
      try parse(name, bytes)
    }
  }

  private mutating func parse(_ name: String, _ bytes: [UInt8]) throws {
    let text = try #require(String(bytes: bytes, encoding: .isoLatin1))
    let lines = text.components(separatedBy: "\r\n")
    try #require(lines.last == "", "\(name) does not end with CRLF")
    let code = String(name.dropLast(4).suffix(while: { $0 != "_" }))
    let header = lines[0].components(separatedBy: "|")
    rows[code, default: []] += []
    for line in lines.dropFirst().dropLast() {
      let fields = line.components(separatedBy: "|")
      try #require(fields.count == header.count && fields.last == "", "\(name): \(line)")
      var row: [String: String] = [:]
      for (column, field) in zip(header, fields) where !column.isEmpty {
        row[column] = field.trimmingCharacters(in: .whitespaces)
      }
      rows[code, default: []].append(row)
    }
  }

  func rows(_ code: String) -> [[String: String]] { rows[code] ?? [] }
}

extension StringProtocol {
  fileprivate func suffix(while holds: (Character) -> Bool) -> Substring {
    var start = endIndex
    while start > startIndex, holds(self[index(before: start)]) { start = index(before: start) }
    return Substring(self[start...])
  }
}

extension [String: String] {
  /// A column that must be there.
  func column(_ name: String) throws -> String { try #require(self[name], "no column \(name)") }

  /// The key of Data Stage: patente, number, section.
  var key: String {
    [self["Patente"], self["Pedimento"], self["SeccionAduanera"]].map { $0 ?? "?" }
      .joined(separator: "/")
  }

  var partida: String { key + "#" + (self["SecuenciaFraccion"] ?? "?") }
}

/// The fifteen digits from what Data Stage tells.
func fifteen(_ date: String, _ section: String, _ patente: String, _ number: String) -> String {
  String(date.dropFirst(2).prefix(2)) + section.prefix(2) + patente + number
}
