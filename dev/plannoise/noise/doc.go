// Package noise puts into a clean plan the noise that such plans carry when they are saved from web pages and
// document-sharing sites, so that a repair can be judged by how near it comes back to the clean text.
//
// Each kind of noise is applied on its own and by a seed: the same text, kind and seed give the same noisy text. The
// kinds follow what saved pages show (pinyin in brackets against copying, conversion to traditional characters with
// the wrong twin, page marks cut into sentences, page furniture, hard wraps) and know nothing of any repair.
//
// Limits: conversion to traditional characters goes character by character; pinyin is the first reading of a
// character, right or wrong for its word, as on the pages that do this.
package noise
