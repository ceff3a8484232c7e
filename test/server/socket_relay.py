"""Passes connections to a TCP port of this machine on to a Unix socket, for clients that know no
other: prints the port, then works until it is ended.

    python3 test/server/socket_relay.py /path/to/.s.PGSQL.5432
"""

import asyncio
import sys

CHUNK_BYTES = 1 << 16


async def copy(reader, writer):
    while data := await reader.read(CHUNK_BYTES):
        writer.write(data)
        await writer.drain()
    writer.close()


async def main(path):
    async def relay(reader, writer):
        server_reader, server_writer = await asyncio.open_unix_connection(path)
        await asyncio.gather(copy(reader, server_writer), copy(server_reader, writer))

    server = await asyncio.start_server(relay, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main(sys.argv[1]))
