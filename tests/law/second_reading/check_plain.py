import sys; sys.path.insert(0,'/tmp/law/second')
# monotone: a further holding (old, ordinary) never makes the totals of the newest year smaller; no consolidation, nobody exempt
import random, json
from second_size import size
from random_groups import groups
bad=0;n=0
for k,q in enumerate(groups(5,3000)):
    for e in q['enterprises'].values():
        e.pop('includes',0)
        if e.get('kind') not in (None,'enterprise','natural_person'): e['kind']='enterprise'; e.setdefault('years',q['enterprises']['A']['years'])
    for l in q.get('links',[]): l.pop('since',0)
    r=random.Random(k); names=[x for x,e in q['enterprises'].items() if e.get('kind')!='natural_person']
    if len(names)<2: continue
    a=size(q); o,w=r.sample(names,2)
    if (o,w) in [(l['owner'],l['owned']) for l in q.get('links',[])]: continue
    z=json.loads(json.dumps(q)); z.setdefault('links',[]).append({'owner':o,'owned':w,'capital_pct':r.choice([5,25,51])})
    b=size(z); n+=1
    for f in('headcount','turnover','balance'):
        if b['totals'][0][f]<a['totals'][0][f]: bad+=1; print(k,f); break
print(n,bad)
# bigger group
import time
names=[f'E{i}' for i in range(40)]
y=[{'end':e,'headcount':1,'turnover':1,'balance':1} for e in('2025-12-31','2024-12-31')]
q={'as_of':'2026-06-30','enterprise':'E0','enterprises':{x:{'years':y} for x in names},'links':[{'owner':names[i],'owned':names[i+1],'capital_pct':51} for i in range(39)]}
t=time.time(); r=size(q); print(r['category'],len(r['parts']),round(time.time()-t,2),'s')
