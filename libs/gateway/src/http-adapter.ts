import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { GatewayMetrics } from './gateway-metrics.js';

const maxBodyBytes = 256 * 1024;

/**
 * Fastify for probes and webhooks. Bodies are bounded and reach controllers as bytes: what they hold is looked at after the token, and the
 * sender's word about their type counts for nothing.
 */
export function createHttpAdapter(metrics: GatewayMetrics): FastifyAdapter {
  const adapter = new FastifyAdapter({ bodyLimit: maxBodyBytes, routerOptions: { maxParamLength: 512 } });
  const fastify = adapter.getInstance();
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  fastify.addHook('onRequest', (request, _reply, done) => {
    if (request.headers['content-type'] !== undefined) request.headers['content-type'] = 'application/octet-stream';
    done();
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    if (request.routeOptions.url?.startsWith('/webhooks/')) metrics.webhookAnswered(reply.statusCode);
    done();
  });
  return adapter;
}
