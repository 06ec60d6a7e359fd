import EventLog
import Foundation
import HTTPServer
import IngestFiles
import Ledger
import Testing

@testable import IngestService

/// Spreadsheets that are posted: the same way in as for files that are loaded.
@Suite struct FilePostTests {
  private static let parts =
    "numero_parte;tipo;descripcion;fraccion;nico;umc;categoria;notas\r\n"
    + "CABLE;material;Cable;8544.42.99;1;6;108-I;x\r\nRADIO;cosa;Radio;85271301;00;6;108-I;\r\n"

  private static func post(_ text: String) async throws -> (Int, String, RecordingLog) {
    let folder = FileManager.default.temporaryDirectory.appending(path: "post-\(UUID())").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let front = TestFront(folder: folder)
    let bytes = Array(text.utf8)
    let (status, answer) = try await front.post(
      [Array(bytes.prefix(7)), Array(bytes.dropFirst(7))], to: "/v1/files/parts.csv")
    return (status, answer, front.log)
  }

  @Test func rowsAreEventsAndWhatIsWrongIsAnswered() async throws {
    let (status, answer, log) = try await Self.post(Self.parts)
    #expect(status == 202 && log.count == 2, "\(answer)")
    let counts = try JSONDecoder().decode(IntakeCounts.self, from: Data(answer.utf8))
    #expect(counts.accepted == 1 && counts.rejected == 1)
    let fault = try #require(counts.errors.first)
    #expect(fault.code == "word.unknown" && fault.field == "tipo" && fault.value == "cosa")
    #expect(fault.expected == "material, producto or activo")
    #expect(fault.file == "parts.csv" && fault.line == 3)
    #expect(counts.notes?.map(\.code) == ["file.columnUnknown"])
  }

  @Test func whatIsPostedIsWhatIsLoaded() async throws {
    let (_, _, posted) = try await Self.post(Self.parts)
    let file = FileManager.default.temporaryDirectory.appending(path: "loaded-\(UUID()).csv")
    try Data(Self.parts.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let log = RecordingLog()
    _ = try await FileLoader(log: log, partitions: 1).load(path: file.path)
    #expect(try Self.events(log) == Self.events(posted))
  }

  /// The events but for when they were loaded.
  private static func events(_ log: RecordingLog) throws -> [String] {
    var texts: [String] = []
    for batch in log.batches {
      batch.forEach { record in
        texts.append(record.value.map { String(decoding: $0, as: UTF8.self) } ?? "")
      }
    }
    return texts.map { $0.replacing(#/"time":"[^"]*"/#, with: "") }
  }

  @Test(arguments: [
    ("numero_parte,tipo,descripcion,fraccion,nico,unidad,categoria\n", "umc"),
    ("numero_parte,tipo,descripcion,fraccion,nico,umc\n", "categoria"),
  ])
  func aHeaderThatIsNotRightIsRefused(_ text: String, _ name: String) async throws {
    let (status, answer, log) = try await Self.post(text)
    #expect(status == 400 && answer.contains(name) && answer.contains("parts.csv"), "\(answer)")
    #expect(log.count == 0)
  }
}
