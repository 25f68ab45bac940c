"""Runs llama.cpp's own server with a model, until its standard input ends. Prints its address."""

import sys

import xllamacpp

parameters = xllamacpp.CommonParams()
parameters.model.path = sys.argv[1]
parameters.port = int(sys.argv[2])
parameters.n_ctx = int(sys.argv[3])
parameters.n_parallel = 1
parameters.warmup = False
parameters.api_keys = [sys.argv[4]]
server = xllamacpp.Server(parameters)
print(server.listening_address, flush=True)
sys.stdin.read()
