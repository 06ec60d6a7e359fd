import Foundation
import HTTPServer
import IngestFiles

/// Why a post is not taken.
enum Refusal: Error {
  case empty
  case notEvents
  /// An event format that is not read.
  case unsupportedFormat
  /// The file is larger than so many bytes.
  case tooLarge(Int64)
  /// All memory for posts is taken.
  case busy
  /// So many files are in hand.
  case tooManyUploads(Int)
  /// The files in hand leave no room for this one.
  case noRoom
  /// The disk has so many bytes left, of which so many are kept for the books.
  case diskFull(free: Int64, spare: Int64)
  /// The services end.
  case stopping
  /// The log takes nothing now.
  case logFailed

  /// How it is answered.
  var problem: Problem {
    switch self {
    case .empty: Problem(.badRequest, "empty", "the body holds nothing")
    case .notEvents:
      Problem(
        .badRequest, "notEvents",
        "the body is no JSON in UTF-8: CloudEvents are expected, or arrays of them")
    case .unsupportedFormat:
      Problem(
        .unsupportedMediaType, "unsupportedFormat",
        "the event format is not read: send application/cloudevents+json or -batch+json, in UTF-8")
    case .tooLarge(let limit):
      Problem(
        .contentTooLarge, "tooLarge",
        "the file is larger than \(limit) bytes: split it, or load it where the books are, with "
          + "'saldo process'")
    case .busy:
      Problem(
        .serviceUnavailable, "busy",
        "too many posts with large events are in hand: send it again in a few seconds")
    case .tooManyUploads(let count):
      Problem(
        .serviceUnavailable, "busy",
        "\(count) files are in hand, and no more are taken at a time: send it again when they are "
          + "done")
    case .noRoom:
      Problem(
        .insufficientStorage, "noRoom",
        "the files in hand leave no room for this one: send it again when they are done")
    case .diskFull(let free, let spare):
      Problem(
        .insufficientStorage, "diskFull",
        "the disk of the data folder has \(free) bytes left, and \(spare) are kept for the books: "
          + "make room on it")
    case .stopping: Problem(.serviceUnavailable, "unavailable", "the services are stopping")
    case .logFailed:
      Problem(.serviceUnavailable, "unavailable", "the log does not take events now")
    }
  }
}

/// Why a post was ended before its end. What came before is in the log.
enum Stop: Sendable, Equatable {
  /// So many of its events are such as intake rejects.
  case tooManyFaults(Int)
  /// An event is not one that its sender may send.
  case notPermitted(EventFault, by: String)
}

/// A post that was ended before its end, with what became of the events before.
struct PostStopped: Error {
  var reason: Stop
  var counts: IntakeCounts

  /// How it is answered.
  var problem: Problem {
    let rest = "nothing from there on was taken, and what came before was"
    var problem: Problem
    switch reason {
    case .tooManyFaults(let limit):
      problem = Problem(
        .badRequest, "tooManyFaults",
        "\(limit) events of the first \(counts.total) are rejected, and so would the next be: "
          + "\(rest); mend what is sent, and send it again")
    case .notPermitted(let fault, let producer):
      problem = Problem(
        .forbidden, "notPermitted",
        "event \(fault.index) has \(fault.field) \(fault.value), which the token of \(producer) is "
          + "not for: \(rest)")
    }
    problem.counts = counts
    return problem
  }
}
